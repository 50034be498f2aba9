import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple, VariantColorsResolver } from '@mantine/core';

/** Where menus, lists and dialogs are put: inside the main landmark, so that assistive technology finds them. */
const layers = '#layers';

const shades = (values: string): MantineColorsTuple => values.split(' ') as unknown as MantineColorsTuple;

/** Colours of buttons by the tokens. The colour "red" is for what destroys something; every other one is the accent. */
const variantColorResolver: VariantColorsResolver = ({ color, variant }) => {
  const tone = color === 'red' ? 'danger' : 'accent';
  switch (variant) {
    case 'filled':
      return {
        background: `var(--${tone})`,
        hover: `var(--${tone}-strong)`,
        color: `var(--on-${tone})`,
        border: '1px solid transparent',
      };
    case 'light':
      return {
        background: `var(--${tone}-soft)`,
        hover: `var(--${tone}-soft)`,
        color: `var(--${tone})`,
        border: '1px solid transparent',
      };
    case 'subtle':
    case 'transparent':
      return {
        background: 'transparent',
        hover: 'var(--surface-sunk)',
        color: color === 'red' ? 'var(--danger)' : 'var(--ink)',
        border: '1px solid transparent',
      };
    default:
      return {
        background: 'var(--surface)',
        hover: 'var(--surface-sunk)',
        color: color === 'red' ? 'var(--danger)' : 'var(--ink)',
        border: '1px solid var(--line-strong)',
      };
  }
};

/** Mantine's set in Dakiya's tokens. */
export const theme = createTheme({
  // dialogs and menus appear at once for people who prefer reduced motion; base.css does the same for the rest
  respectReducedMotion: true,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: {
    xs: 'var(--text-small)',
    sm: 'var(--text)',
    md: 'var(--text)',
    lg: 'var(--text-large)',
    xl: 'var(--text-title)',
  },
  spacing: { xs: '8px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  radius: {
    xs: 'var(--radius)',
    sm: 'var(--radius)',
    md: 'var(--radius)',
    lg: 'var(--radius)',
    xl: 'var(--radius)',
  },
  defaultRadius: 'md',
  primaryColor: 'brand',
  primaryShade: { light: 8, dark: 4 },
  colors: {
    brand: shades('#e0f2ef #c2e5e0 #99d5cd #6cc2b7 #45bfb1 #2aa296 #1b9085 #148277 #0f766e #0b5e57'),
    red: shades('#fdeceb #f9d3d0 #f2aca6 #ff9489 #e0645a #d0483c #c4342a #bb2a20 #b42318 #8f1b12'),
    gray: shades('#f5f7f6 #eef2f0 #e0e6e3 #d3dbd8 #c3ccc8 #8f9b97 #56625e #4b5754 #2c3633 #17201e'),
    dark: shades('#e8eeec #cfd8d5 #a3b0ac #7c8985 #46524e #2b3431 #212826 #191f1d #111514 #0b0e0d'),
  },
  variantColorResolver,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm', variant: 'default' }, vars: () => ({ root: buttonSize }) },
    Input: { vars: () => ({ wrapper: { '--input-height': 'var(--target)' } }) },
    Portal: { defaultProps: { target: layers } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 120 } } },
  },
});

const buttonSize = {
  '--button-height': 'var(--target)',
  '--button-padding-x': '16px',
  '--button-fz': 'var(--text)',
};

const neutral = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-placeholder': 'var(--ink-soft)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--surface-sunk)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--surface-sunk)',
  '--mantine-color-disabled-color': 'var(--ink-soft)',
  '--mantine-color-disabled-border': 'var(--line)',
};

/** Mantine's named colours, which its components read, as Dakiya's tokens. Its own error and dimmed shades are too pale to read. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: neutral, dark: neutral });
