/**
 * Why a record, or every record of a delivery, cannot be converted: Firehose's code and message, as they stand in the error
 * record and in CloudWatch Logs ("Monitor Firehose Using CloudWatch Logs", data format conversion errors).
 */
export class ConversionFailure extends Error {
  constructor(
    /** Behind `DataFormatConversion.`: `MalformedData`, `ParseError`, `EntityNotFound`. */
    readonly code: string,
    message: string,
  ) {
    super(message)
    this.name = 'ConversionFailure'
  }
}

/** A value that its column cannot hold. */
export function mismatch(why: string): ConversionFailure {
  return new ConversionFailure('MalformedData', `Data does not match the schema. ${why}`)
}

/** The same, in the words of Java's number parsers, which Firehose hands on. */
export function notParsed(text: string): ConversionFailure {
  return mismatch(`For input string: "${text}"`)
}

/** A column of a type that nothing can be converted to. */
export function invalidType(type: string): ConversionFailure {
  return new ConversionFailure('InvalidSchema', `The schema is invalid. A column has the type ${type}.`)
}
