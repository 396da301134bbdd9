import type {Column, Row} from '../../core/column'
import type {SchemaField} from '../../schema-model/fields/fields-of'
import {maxFields} from '../../schema-model/fields/fields-of'
import type {ShowResult} from './run-show'

export const fieldColumns: readonly Column[] = [
  {key: 'path', header: 'Field', type: 'text'},
  {key: 'type', header: 'Type', type: 'text'},
  {key: 'required', header: 'Required', type: 'text'},
  {key: 'rules', header: 'Rules', type: 'text'},
  {key: 'description', header: 'Description', type: 'text'},
]

/** One row a field; columns that hold nothing are left out by `columnsOf`. */
export function fieldRows({fields}: ShowResult): Row[] {
  return fields.map((field) => ({
    path: field.path,
    type: typeAndFormat(field),
    required: field.required ? 'yes' : '',
    rules: field.rules,
    description: field.description,
  }))
}

/** The columns in which some row holds something. */
export function columnsOf(rows: readonly Row[]): Column[] {
  return fieldColumns.filter(({key}) =>
    key !== 'rules' && key !== 'description' ? true : rows.some((row) => row[key]),
  )
}

function typeAndFormat({type, format, like}: SchemaField): string {
  const text = format === undefined ? type : `${type} (${format})`
  return like === undefined ? text : `${text}, like ${like}`
}

/** What is known of the schema as a whole, a line each. */
export function showHead({result, label}: {result: ShowResult; label: string}): string[] {
  const {title, description, type, versions, source, detailType, isCut} = result
  return [
    title === undefined || title === result.name ? label : `${label}: ${title}`,
    ...(description === undefined ? [] : [description]),
    ...(type === undefined ? [] : [`Type: ${type}`]),
    ...(versions === undefined ? [] : [`Versions: ${versions.join(', ')}`]),
    ...(source === undefined ? [] : [`Events of source ${source}, detail type ${detailType ?? ''}`]),
    ...(isCut ? [`The first ${maxFields} fields:`] : []),
  ]
}
