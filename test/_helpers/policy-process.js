/**
 * A process that runs the built tool again and again, for `PolicyAsker`: each message is the words, the folder and the environment of a run, which
 * is answered with what the run printed.
 */
const {join} = require('node:path')

const root = join(__dirname, '..', '..')
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
const {run} = require(join(root, 'dist', 'main.js'))

/** What is written to a stream goes into `text`. */
function catchText(stream) {
  const caught = {text: ''}
  stream.write = (text, ...more) => {
    caught.text += String(text)
    const [done] = more.filter((one) => typeof one === 'function')
    if (done) setImmediate(done)
    return true
  }
  return caught
}

async function answer({number, words, cwd, env}) {
  const [stdout, stderr] = [process.stdout, process.stderr].map(catchText)
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  process.chdir(cwd)
  process.exitCode = 0
  // The tool ends its process when all is written.
  await new Promise((end, fail) => {
    process.exit = () => end()
    run(words, root).catch(fail)
  })
  process.stdout.removeAllListeners('error')
  process.send({number, status: process.exitCode, stdout: stdout.text, stderr: stderr.text})
}

let last = Promise.resolve()
process.on('message', (question) => {
  last = last
    .then(() => answer(question))
    .catch((error) => process.send({number: question.number, status: 1, stdout: '', stderr: String(error)}))
})
process.on('disconnect', () => process.kill(process.pid))
