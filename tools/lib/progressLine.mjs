/**
 * Shows the latest state of something long: one line that changes in a terminal, one line a new message elsewhere.
 * @param {NodeJS.WriteStream} [stream]
 */
export function progressLine(stream = process.stdout) {
  let lastMessage = "";
  let lastText = "";
  return {
    /**
     * @param {string} message what is being done
     * @param {{ readonly done: number, readonly total: number | undefined }} [bytes]
     */
    show(message, bytes) {
      if (!stream.isTTY) {
        if (message !== lastMessage) {
          stream.write(`  ${message} ...\n`);
        }
      } else {
        const text = `  ${message}${bytes === undefined ? " ..." : ` ${describe(bytes)}`}`;
        if (text !== lastText) {
          stream.write(`\r\u001b[2K${text.slice(0, stream.columns)}`);
        }
        lastText = text;
      }
      lastMessage = message;
    },
    /** Makes room for what is printed next. */
    clear() {
      if (stream.isTTY) {
        stream.write("\r\u001b[2K");
      }
    },
  };
}

/** @param {{ readonly done: number, readonly total: number | undefined }} bytes */
function describe({ done, total }) {
  const megabytes = (/** @type {number} */ bytes) => Math.round(bytes / 1e6);
  return total === undefined
    ? `${megabytes(done)} MB`
    : `${megabytes(done)} of ${megabytes(total)} MB (${Math.floor((100 * done) / total)} %)`;
}
