#!/usr/bin/env node
// From source: builds what is stale (under a second), then runs as `run.js` does.
require('../scripts/setup.js').setup()
require('./run.js')
