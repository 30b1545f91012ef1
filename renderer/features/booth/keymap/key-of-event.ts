/** An input method that is switched on keeps what was typed to itself: then the place of the key tells. */
const BY_CODE = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/;

/** The key of an event as bindings name it: letters as capitals, whatever the input method does. */
export function keyOfEvent({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (key === 'Process' || key === 'Unidentified') {
    const found = BY_CODE.exec(code);
    return found?.[1] ?? found?.[2] ?? key;
  }
  return /^[a-z]$/.test(key) ? key.toUpperCase() : key;
}
