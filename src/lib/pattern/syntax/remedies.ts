/** The name of a match expression that was probably meant, by what people write for it. */
const otherNames: Readonly<Record<string, string>> = {
  regex: 'There are no regular expressions; write {"wildcard": "/v1/*"}, prefix or suffix.',
  not: 'Write {"anything-but": ["a", "b"]}.',
  contains: 'Write {"wildcard": "*text*"}.',
  in: 'List the values themselves: ["a", "b"].',
}

const operators =
  'The operators are prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, cidr and exists.'
const range = 'Write one bound, or the lower bound and then the upper one: {"numeric": [">", 0, "<=", 5]}.'
const addressRange = 'Write an address, a slash and the number of leading bits: {"cidr": "10.0.0.0/24"}.'

/** What remains is JSON's own: everything that EventBridge says of the pattern language is listed above. */
const strictJson =
  'A pattern is strict JSON: names and texts in double quotes, no comments, no comma after the last member.'

/** What would be right, by a part of AWS's words for what is wrong. */
const remedies: readonly (readonly [string, string])[] = [
  ['Invalid numeric value:', strictJson],
  ['Filter is not an object', 'A pattern is a JSON object, for example {"source": ["my-applications"]}.'],
  ['must be an object or an array', 'Put the value into a list: {"source": ["my-applications"]}.'],
  ['Empty objects', 'Name at least one field: {"field": ["value"]}.'],
  ['Empty arrays', 'List at least one value: ["value"].'],
  [
    'Match value must be',
    'A list holds values and match expressions; write the values without inner brackets.',
  ],
  ['Match expression name not found', 'Write an operator, for example {"prefix": "text"}.'],
  ['Unrecognized match type', operators],
  ['Only one key allowed', 'Give each operator an object of its own: [{"prefix": "a"}, {"suffix": "z"}].'],
  ['Only JSON object is allowed in array of $or', 'Write $or as an array of objects.'],
  ['There must have at least 2 Objects', 'Write two or more objects in $or, or leave $or out.'],
  ['It must be an Array', 'Write $or as an array of objects: {"$or": [{"a": [1]}, {"b": [2]}]}.'],
  ['reserved fieldName', 'Name another field in $or: the names of operators are taken.'],
  ['exists match pattern', 'Write {"exists": true} or {"exists": false}.'],
  ['Unsupported prefix pattern', 'prefix takes text, or {"equals-ignore-case": "text"}.'],
  ['Unsupported suffix pattern', 'suffix takes text, or {"equals-ignore-case": "text"}.'],
  ['match pattern must be a string', 'Write one text in double quotes; for several, one object each.'],
  ['Value of numeric must be an array', 'Write an operator and a number: {"numeric": [">=", 5]}.'],
  [
    'Bottom must be less',
    'Write the lower bound first: {"numeric": [">", 0, "<=", 5]}; for one number use ["=", 5].',
  ],
  [
    'Unrecognized numeric range operator',
    'The operators of numeric are <, <=, =, > and >=; for "not equal" use anything-but.',
  ],
  ['numeric', range],
  ['Cannot compare number', 'Use a number that a double holds exactly.'],
  [
    'Value of anything-but',
    'Write a string, a number, a list of either, or one of the operators that it takes.',
  ],
  ['Inside anything but list', 'List only strings or only numbers.'],
  ['Inside anything-but/', 'List only strings.'],
  ['Unsupported anything-but', 'anything-but takes prefix, suffix, wildcard and equals-ignore-case.'],
  ['Null prefix/suffix', 'Write at least one character.'],
  ['IPv4 mask bits', 'For one address write it alone: ["10.0.0.1"].'],
  ['IPv6 mask bits', 'For one address write it alone: ["2001:db8::1"].'],
  ['Malformed CIDR', addressRange],
  ['IP address', addressRange],
  ['Consecutive wildcard', 'Write a single *; it already matches any number of characters.'],
  ['Invalid escape character', 'Only \\* and \\\\ can be escaped in a wildcard.'],
  ['$or multiplies out', 'Put fewer alternatives side by side, or make several rules.'],
  ['Size of rule', 'Ask for fewer fields, or make several rules.'],
  ['Rule is too complex', 'Start the wildcard with fixed text, and use fewer * in one field.'],
  ['Document nesting depth', 'Nest the pattern less deeply.'],
]

/** What would be right where AWS says `reason` of a pattern. */
export function remedyFor(reason: string): string {
  const named = /^Unrecognized match type (.*)$/.exec(reason)?.[1]?.toLowerCase()
  if (named !== undefined && Object.hasOwn(otherNames, named)) return otherNames[named] ?? operators
  return remedies.find(([part]) => reason.includes(part))?.[1] ?? strictJson
}
