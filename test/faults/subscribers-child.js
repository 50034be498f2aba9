// Many subscribers of live figures as a separate process, so that they do not slow down what they watch.
require('../support/sources');
require('./subscribers-process');
