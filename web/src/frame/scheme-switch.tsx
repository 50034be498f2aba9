import { Button, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useText } from '../i18n/text';
import { MoonIcon, SunIcon } from './icons';

/** Light or dark. Until somebody chooses, the page follows the system. */
export function SchemeSwitch() {
  const say = useText();
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <Button
      variant="subtle"
      px={8}
      aria-label={say(dark ? 'frame.toLight' : 'frame.toDark')}
      onClick={() => setColorScheme(dark ? 'light' : 'dark')}
    >
      {dark ? <SunIcon /> : <MoonIcon />}
    </Button>
  );
}
