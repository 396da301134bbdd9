const {cpus, totalmem} = require('node:os')

/** What the figures were taken on. */
exports.machine = () => ({
  cores: cpus().length,
  processor: cpus()[0]?.model,
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
  node: process.version,
})
