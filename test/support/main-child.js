// The command line from the sources: what `node dist/main.js` runs. Its arguments are the command's.
require('./sources');
require('../../src/main');
