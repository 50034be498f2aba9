import { Button } from '@mantine/core';
import type { ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

interface Props extends ButtonProps, Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> {
  ref?: Ref<HTMLAnchorElement>;
}

function Anchor(props: Props) {
  return <Button component="a" {...props} />;
}

/** A link that looks like a button: for a step that has an address of its own. */
export const LinkButton = createLink(Anchor);
