import { Button } from '@mantine/core';
import type { ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import styles from './link-button.module.css';

function Anchor({ className, ...props }: ButtonProps & Omit<ComponentProps<'a'>, keyof ButtonProps>) {
  return <Button component="a" className={`${styles.link} ${className ?? ''}`} {...props} />;
}

/** A link to another screen that looks like a button: `<LinkButton to="/contacts/new">`. */
export const LinkButton = createLink(Anchor);
