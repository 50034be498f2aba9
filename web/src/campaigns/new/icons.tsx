import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon';

export const LeftIcon = () => (
  <Icon>
    <path d="M12 4.5 6.5 10l5.5 5.5" />
  </Icon>
);

export const RightIcon = () => (
  <Icon>
    <path d="M8 4.5l5.5 5.5L8 15.5" />
  </Icon>
);

const media: Record<string, ReactNode> = {
  IMAGE: <path d="M3 4h14v12H3zM3 13l4-4 4 4 2-2 4 4M12.5 7.5h.01" />,
  VIDEO: <path d="M3 5h10v10H3zM13 9l4-2.5v7L13 11" />,
  DOCUMENT: <path d="M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15M7.5 10h5M7.5 13h5" />,
};

/** A picture, video or document. */
export const MediaIcon = ({ kind }: { kind: string }) => <Icon>{media[kind] ?? media.DOCUMENT}</Icon>;

const call = (
  <path d="M4 3.5h3l1.5 4L6.700 9a9 9 0 0 0 4.300 4.300l1.500-1.800 4 1.500v3A13 13 0 0 1 4 3.500Z" />
);
const list = <path d="M7.5 5H17M7.5 10H17M7.5 15H17M3.5 5h.01M3.5 10h.01M3.5 15h.01" />;

const buttons: Record<string, ReactNode> = {
  URL: <path d="M8 4H4v12h12v-4M11 3.5h5.5V9M16.5 3.5 9.5 10.5" />,
  QUICK_REPLY: <path d="M8 5 3.5 9.5 8 14M3.5 9.5H12a4.5 4.5 0 0 1 4.5 4.5v1" />,
  PHONE_NUMBER: call,
  VOICE_CALL: call,
  CATALOG: list,
  MPM: list,
  SPM: list,
  COPY_CODE: <path d="M7 7h9.500v9.500H7zM13 7V3.500H3.500V13H7" />,
};

export const ButtonIcon = ({ type }: { type: string }) => <Icon>{buttons[type] ?? buttons.QUICK_REPLY}</Icon>;
