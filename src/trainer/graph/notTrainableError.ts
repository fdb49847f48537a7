/** A network that cannot be trained as it is; the message says which part and what to change. */
export class NotTrainableError extends Error {
  readonly code: "designHasErrors" | "unsupportedLayer";

  constructor(code: NotTrainableError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
