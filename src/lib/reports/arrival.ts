import {arrivalOf} from '../road/lake-view'
import type {SqlSource} from './load-sql'

/** What orders the copies of an event, over the columns of the lake's view. Queries make it of copies alone: as a text of every event it is dear. */
export const arrival: SqlSource = {sql: arrivalOf('object', 'envelope_time', 'envelope_id')}
