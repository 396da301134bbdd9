const {join} = require('node:path')
const {buildSync} = require('esbuild')

const root = join(__dirname, '..')

/** Writes what is measured, out of the source, as one file into a folder; `exports` are lines such as `export {a} from './src/a'`. Answers the file. */
function bundle(folder, exports) {
  const outfile = join(folder, 'library.js')
  const options = {bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'error'}
  buildSync({stdin: {contents: exports.join('\n'), resolveDir: root}, outfile, ...options})
  return outfile
}

module.exports = {bundle}
