// The command line from the sources, with an error that nothing handles as soon as it is told to: {fail: 'exception'} or
// {fail: 'rejection'}.
process.on('message', ({ fail }) => {
  const error = new Error('nobody foresaw this');
  if (fail === 'exception') throw error;
  void Promise.reject(error);
});
require('../support/main-child');
