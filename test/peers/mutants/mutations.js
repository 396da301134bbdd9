/**
 * The ways to break a source file on purpose, one place at a time. Types, imports and messages are left alone where they
 * stand by themselves.
 */
const ts = require('typescript')

const {SyntaxKind: Kind} = ts

const operators = {
  [Kind.LessThanToken]: ['<=', '>='],
  [Kind.LessThanEqualsToken]: ['<', '>'],
  [Kind.GreaterThanToken]: ['>=', '<='],
  [Kind.GreaterThanEqualsToken]: ['>', '<'],
  [Kind.EqualsEqualsEqualsToken]: ['!=='],
  [Kind.ExclamationEqualsEqualsToken]: ['==='],
  [Kind.PlusToken]: ['-'],
  [Kind.MinusToken]: ['+'],
  [Kind.AsteriskToken]: ['/'],
  [Kind.SlashToken]: ['*'],
  [Kind.PercentToken]: ['*'],
  [Kind.AmpersandToken]: ['|'],
  [Kind.BarToken]: ['&'],
  [Kind.GreaterThanGreaterThanToken]: ['<<'],
  [Kind.LessThanLessThanToken]: ['>>'],
  [Kind.AmpersandAmpersandToken]: ['||'],
  [Kind.BarBarToken]: ['&&'],
  [Kind.QuestionQuestionToken]: ['&&'],
  [Kind.PlusEqualsToken]: ['-='],
  [Kind.MinusEqualsToken]: ['+='],
  [Kind.PlusPlusToken]: ['--'],
  [Kind.MinusMinusToken]: ['++'],
}

const methods = {
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  some: 'every',
  every: 'some',
  indexOf: 'lastIndexOf',
  lastIndexOf: 'indexOf',
  toUpperCase: 'toLowerCase',
  toLowerCase: 'toUpperCase',
  min: 'max',
  max: 'min',
  padStart: 'padEnd',
  findIndex: 'findLastIndex',
}

/** Replacements of a condition: as if it always held, and as if it never did. */
function conditionOf(node) {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) return node.expression
  if (ts.isConditionalExpression(node) || ts.isForStatement(node)) return node.condition
  return undefined
}

function isLoop(node) {
  return ts.isWhileStatement(node) || ts.isForStatement(node)
}

function ofLiteral(node) {
  if (node.kind === Kind.TrueKeyword) return ['false']
  if (node.kind === Kind.FalseKeyword) return ['true']
  if (ts.isNumericLiteral(node)) return [`(${node.text} + 1)`, `(${node.text} - 1)`]
  if (ts.isStringLiteral(node)) return [node.text === '' ? '"mutant"' : '""']
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) return ['[]']
  return []
}

/** A key, a case of a switch that has its own name, and what names a module are no values. */
function isPlainName(node) {
  const {parent} = node
  return (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ((ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) && parent.name === node)
  )
}

/**
 * Every mutation of a text: where it begins and ends, and what is put there.
 */
exports.mutationsOf = function mutationsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
  const found = []
  const add = (node, replacement) =>
    found.push({start: node.getStart(source), end: node.getEnd(), replacement})
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return
    const condition = conditionOf(node)
    if (condition) {
      add(condition, 'false')
      if (!isLoop(node)) add(condition, 'true')
    }
    if (ts.isBinaryExpression(node)) {
      for (const operator of operators[node.operatorToken.kind] ?? []) add(node.operatorToken, operator)
    }
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      const [other] = operators[node.operator] ?? []
      const isCount = node.operator === Kind.PlusPlusToken || node.operator === Kind.MinusMinusToken
      if (isCount)
        add(
          node,
          node.getText(source).replace(isCount && node.operator === Kind.PlusPlusToken ? '++' : '--', other),
        )
      else if (node.operator === Kind.ExclamationToken) add(node, `(${node.operand.getText(source)})`)
      else if (node.operator === Kind.MinusToken) add(node, node.operand.getText(source))
    }
    if (ts.isPropertyAccessExpression(node) && Object.hasOwn(methods, node.name.text)) {
      add(node.name, methods[node.name.text])
    }
    if (ts.isBlock(node) && node.statements.length > 0) add(node, '{}')
    if (ts.isExpressionStatement(node) && !ts.isStringLiteral(node.expression)) add(node, ';')
    if (node !== source && !isPlainName(node))
      for (const replacement of ofLiteral(node)) add(node, replacement)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
