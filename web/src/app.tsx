import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { IntlProvider } from 'react-intl';
import { cssVariables, theme } from './design/theme';
import { useLanguage } from './i18n/language';
import { router } from './router';

const colours = localStorageColorSchemeManager({ key: 'dakiya.scheme' });

/** `nonce` allows Mantine's own styles under the Content-Security-Policy. */
export function App({ nonce }: { nonce: string }) {
  const { locale, messages } = useLanguage();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={colours}
      getStyleNonce={() => nonce}
      deduplicateInlineStyles
    >
      <IntlProvider locale={locale} messages={messages}>
        <RouterProvider router={router} />
      </IntlProvider>
    </MantineProvider>
  );
}
