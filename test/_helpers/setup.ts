import {Console} from 'node:console'

// jest's own console formats and buffers; oclif writes through `console`, so give it the plain one.
globalThis.console = new Console(process.stdout, process.stderr)
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'
