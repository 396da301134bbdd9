#!/usr/bin/env node
// `--version` is answered without loading anything: it is asked for by scripts and prompts, often.
const argv = process.argv.slice(2)
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === 'version')) {
  const {name, version} = require('../package.json')
  process.stdout.write(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`)
} else {
  // Else the AWS SDK writes a remark about Node 20 to stderr in every process.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
  require('../dist/main.js').run(argv, require('node:path').join(__dirname, '..'))
}
