/** Hands a file to the person: the browser's own saving, also inside the desktop shell. */
export function saveFile(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the file after this call returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The bytes of a chosen file as base64, in pieces that a message of the contract can carry. */
export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  // Spread over many arguments a large file would overflow the stack.
  for (let start = 0; start < bytes.length; start += 32_768)
    text += String.fromCharCode(...bytes.subarray(start, start + 32_768));
  return btoa(text);
}
