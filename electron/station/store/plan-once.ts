/**
 * The same statement, planned once and for all. SQLite looks at what is bound where that might tell it a better order or end, and
 * then plans the statement anew at every execution, because something else is bound: ten times what finding a row costs, and a
 * lane asks a dozen such questions for every car. Behind a plus, which changes no value, it does not look. For statements with
 * `ORDER BY` or `LIMIT` that are prepared once and asked often.
 */
export const planOnce = (sql: string): string =>
  sql.replace(/\bLIMIT ([?@]\w*)/g, 'LIMIT $1 + 0').replace(/([=<>]) ([?@])/g, '$1 +$2');
