/** Something that whoever runs the command can mend. The message says what is wrong and what is allowed; no stack is shown. */
export class UserError extends Error {
  override name = 'UserError';
}
