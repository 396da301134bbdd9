import type {Platform, Service} from '../../platform'
import {assumeRole} from './assume-role'
import {getCallerIdentity} from './get-caller-identity'

/** AWS STS: who the caller is, and credentials of a role. */
export function create({roles}: Platform): Service {
  return {operations: {GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole(roles)}}
}
