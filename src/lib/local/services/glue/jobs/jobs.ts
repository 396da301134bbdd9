import type {
  CreateJobCommandInput,
  CreateJobCommandOutput,
  DeleteJobCommandInput,
  DeleteJobCommandOutput,
  GetJobCommandInput,
  GetJobCommandOutput,
  GetJobsCommandInput,
  GetJobsCommandOutput,
  Job,
  JobCommand,
  JobUpdate,
  ListJobsCommandInput,
  ListJobsCommandOutput,
  UpdateJobCommandInput,
  UpdateJobCommandOutput,
} from '@aws-sdk/client-glue'
import type {Operation} from '../../../platform'
import {notEmulated} from '../../../service-error'
import {invalidInput} from '../errors'
import {checkedName, refuse} from '../input'
import {glueArn, putTags, removeTags} from '../tags'
import {namesPage, workPage} from '../work-page'
import type {JobRow, WorkTables} from '../work-tables'

/** What Glue gives a job that does not say it. */
const defaultTimeoutMinutes = 2880

/** CreateJob. Throws `AlreadyExistsException`, `InvalidInputException`. */
export function createJob(tables: WorkTables): Operation<CreateJobCommandInput, CreateJobCommandOutput> {
  return ({Name, Tags, ...definition}, ctx) => {
    const name = checkedName(Name, 'name')
    const row = {name, definition: checked(definition), createdAt: ctx.now, modifiedAt: ctx.now}
    tables.store.write(() => {
      tables.jobs.add(ctx.region, row)
      if (Tags) putTags(tables.store, glueArn(ctx, 'job', name), Tags)
    })
    return {Name: name}
  }
}

/** UpdateJob: replaces the definition. Throws `EntityNotFoundException`, `InvalidInputException`. */
export function updateJob(tables: WorkTables): Operation<UpdateJobCommandInput, UpdateJobCommandOutput> {
  return ({JobName = '', JobUpdate: update = {}}, ctx) => {
    tables.store.write(() => {
      const before = tables.jobs.require(ctx.region, JobName)
      tables.jobs.put(ctx.region, {...before, definition: checked(update), modifiedAt: ctx.now})
    })
    return {JobName}
  }
}

/** GetJob. Throws `EntityNotFoundException`. */
export function getJob(tables: WorkTables): Operation<GetJobCommandInput, GetJobCommandOutput> {
  return ({JobName = ''}, ctx) => ({Job: toJob(tables.jobs.require(ctx.region, JobName))})
}

/** GetJobs, by name, at most 200 a page. */
export function getJobs(tables: WorkTables): Operation<GetJobsCommandInput, GetJobsCommandOutput> {
  return (input, ctx) => {
    const {items, NextToken} = workPage(tables.jobs.all(ctx.region), input)
    return {Jobs: items.map(toJob), NextToken}
  }
}

/** ListJobs: names alone. */
export function listJobs(tables: WorkTables): Operation<ListJobsCommandInput, ListJobsCommandOutput> {
  return (input, ctx) => {
    const {names, NextToken} = namesPage(tables.jobs.all(ctx.region), input)
    return {JobNames: names, NextToken}
  }
}

/** DeleteJob, with its runs; no error where there is none. */
export function deleteJob(tables: WorkTables): Operation<DeleteJobCommandInput, DeleteJobCommandOutput> {
  return ({JobName = ''}, ctx) => {
    tables.store.write(() => {
      tables.jobs.delete(ctx.region, JobName)
      tables.jobRuns.forget(ctx.region, JobName)
      removeTags(tables.store, glueArn(ctx, 'job', JobName))
    })
    return {JobName}
  }
}

function checked(definition: JobUpdate): JobUpdate {
  const {Role: role, MaxRetries: retries = 0, JobRunQueuingEnabled: queues} = definition
  if (role === undefined || role === '') throw invalidInput('Role must be given.')
  refuse(definition, ['CodeGenConfigurationNodes', 'SourceControlDetails'])
  if (retries !== 0) throw notEmulated('MaxRetries', 'InvalidInputException')
  if (queues) throw notEmulated('JobRunQueuingEnabled', 'InvalidInputException')
  return {
    ...definition,
    Command: checkedCommand(definition.Command),
    MaxRetries: 0,
    Timeout: definition.Timeout ?? defaultTimeoutMinutes,
    ExecutionProperty: {MaxConcurrentRuns: definition.ExecutionProperty?.MaxConcurrentRuns ?? 1},
  }
}

function checkedCommand(command: JobCommand = {}): JobCommand {
  const {Name: kind = 'glueetl', ScriptLocation: location = ''} = command
  if (kind !== 'glueetl' && kind !== 'pythonshell') {
    throw notEmulated(`A job of the kind ${kind}`, 'InvalidInputException')
  }
  if (!/^s3:\/\/[^/]+\/.+/.test(location))
    throw invalidInput(`ScriptLocation ${location} is no object in S3.`)
  return {...command, Name: kind}
}

function toJob({name, definition, createdAt, modifiedAt}: JobRow): Job {
  return {
    Name: name,
    ...definition,
    CreatedOn: new Date(createdAt),
    LastModifiedOn: new Date(modifiedAt),
  }
}
