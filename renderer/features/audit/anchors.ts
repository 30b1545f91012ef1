export interface Anchor {
  readonly seq: number;
  readonly hash: string;
}

/** Anchors as people keep them, `123:ab…`, one a line; null when a line is none. */
export function parseAnchors(text: string): readonly Anchor[] | null {
  const anchors: Anchor[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const match = /^\s*#?(\d{1,15})\s*[:：]\s*([0-9a-f]{64})\s*$/i.exec(line);
    if (!match) return null;
    anchors.push({ seq: Number(match[1]), hash: (match[2] ?? '').toLowerCase() });
  }
  return anchors;
}
