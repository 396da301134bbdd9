import {Flags} from '@oclif/core'

/** The registry of a command that opens schemas. */
export const registryFlag = Flags.string({
  summary: 'registry to look in [default: discovered-schemas, then all others]',
  helpValue: 'NAME',
})

/** How a schema is named, for the descriptions of commands. */
export const schemaHelp =
  'A schema is FILE (JSON or YAML; FILE#NAME for one of several), NAME or NAME:VERSION of a registry, or usage-event, which is built ' +
  'in. What holds a slash or ends in .json, .yaml or .yml is a file; any other word is a name, and a file only where no registry knows it.'
