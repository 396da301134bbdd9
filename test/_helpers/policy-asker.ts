import {fork, type ChildProcess} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'

/** A run of the built tool. */
export interface Asked {
  status: number | null
  stdout: string
  stderr: string
}

/** Runs the built tool for policies, in one process for many runs: to start one takes thirty times as long as to answer. */
export class PolicyAsker {
  private child: ChildProcess | undefined
  private asked = 0
  private readonly waiting = new Map<number, (answer: Asked) => void>()

  ask(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Asked> {
    const child = (this.child ??= this.start())
    const number = (this.asked += 1)
    return new Promise((resolve) => {
      this.waiting.set(number, resolve)
      child.send({number, words, cwd, env})
    })
  }

  async close(): Promise<void> {
    const {child} = this
    this.child = undefined
    if (!child) return
    const gone = once(child, 'exit')
    child.kill()
    await gone
  }

  private start(): ChildProcess {
    const child = fork(join(__dirname, 'policy-process.js'), {stdio: ['ignore', 'inherit', 'inherit', 'ipc']})
    child.on('message', ({number, ...answer}: Asked & {number: number}) => {
      this.waiting.get(number)?.(answer)
      this.waiting.delete(number)
    })
    child.on('exit', (status) => {
      for (const resolve of this.waiting.values()) resolve({status, stdout: '', stderr: 'The process ended.'})
      this.waiting.clear()
    })
    return child
  }
}
