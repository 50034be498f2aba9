// The framed page: /widgets/campaign/ID?lang=hi&scheme=dark#token=TOKEN. What stands after # is sent to no server.
(() => {
  const parameters = new URLSearchParams(location.search);
  document.documentElement.lang = parameters.get('lang') || navigator.language;
  const element = document.querySelector('dakiya-campaign-stats');
  const scheme = parameters.get('scheme');
  if (scheme) element.setAttribute('scheme', scheme);

  const update = () => {
    const token = new URLSearchParams(location.hash.slice(1)).get('token');
    element.setAttribute('campaign', decodeURIComponent(location.pathname.split('/').at(-1)));
    element.setAttribute('token', token || '');
  };
  addEventListener('hashchange', update);
  update();
})();
