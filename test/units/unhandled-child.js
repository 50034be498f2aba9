// Runs the command line from the sources; a message {fail: 'exception'} or {fail: 'rejection'} causes an unhandled error.
process.on('message', ({ fail }) => {
  const error = new Error('unhandled error of the test');
  if (fail === 'exception') throw error;
  void Promise.reject(error);
});
require('../support/main-child');
