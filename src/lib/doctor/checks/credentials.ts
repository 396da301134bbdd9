import {toOpError} from '../../aws/map-sdk-error'
import type {Check} from '../check'
import {broken, ok} from '../finding'

/** Who asks, and where. Everything else is asked by the same caller, so this one is broken where the others would be skipped. */
export const credentials: Check = {
  hop: 'credentials',
  after: [],
  permissions: ['sts:GetCallerIdentity'],
  run: async ({clients, where}) => {
    const {GetCallerIdentityCommand} = await import('@aws-sdk/client-sts')
    const sts = await clients.sts()
    const place = `region ${where.region}, endpoint ${where.endpoint ?? 'AWS'}`
    try {
      const {Arn: arn, Account: account} = await sts.send(new GetCallerIdentityCommand({}))
      if (account === where.accountId) return ok(`${arn ?? 'The caller'} of account ${account}, ${place}.`)
      const whose = account === undefined ? 'of no account' : `of account ${account}`
      return broken(`The caller is ${whose}, and the names of this road are of account ${where.accountId}.`)
    } catch (error) {
      const known = toOpError(error, "ask for the caller's account")
      if (known.kind !== 'denied') throw known
      return broken(known.message, known.hint)
    }
  },
}
