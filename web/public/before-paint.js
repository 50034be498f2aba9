// Runs before the first paint, so that the page does not flash in the other colour scheme.
(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is blocked
    }
  };
  const page = document.documentElement;
  const chosen = read('dakiya.scheme');
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  page.dataset.mantineColorScheme = dark ? 'dark' : 'light';
  if (read('dakiya.locale') === 'hi') page.lang = 'hi';
})();
