import { damaged, limits, refusal } from './limits.ts';
import { attributesOf, type XmlHandler, XmlScanner } from './xml-scanner.ts';
import { type Budget, unpacked, type ZipEntry, zipEntries } from './zip-read.ts';

type Decoder = InstanceType<typeof TextDecoder>;

const IGNORE = (): void => undefined;

/** The parts of a workbook and how they refer to one another (ECMA-376 part 2, Open Packaging Conventions). */
export class XlsxPackage {
  readonly #bytes: Buffer;
  readonly #entries: Map<string, ZipEntry>;
  readonly #budget: Budget = { left: limits.unpackedBytes };

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#entries = zipEntries(this.#bytes);
  }

  has(path: string): boolean {
    return this.#entries.has(path.toLowerCase());
  }

  /** Reads a part; yields how far it is after each piece, which is when the caller may look at what the handler collected. */
  async *scan(path: string, handler: XmlHandler): AsyncGenerator<number> {
    const entry = this.#entries.get(path.toLowerCase());
    if (!entry) throw damaged(`缺少 ${path}`);
    const scanner = new XmlScanner(handler);
    let decoder: Decoder | undefined;
    for await (const { bytes, fraction } of unpacked(this.#bytes, entry, this.#budget)) {
      decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true });
      scanner.write(decode(decoder, bytes));
      yield fraction;
    }
    if (decoder) scanner.write(decode(decoder));
    scanner.end();
  }

  /** Reads a part to its end. */
  async read(path: string, handler: Partial<XmlHandler>): Promise<void> {
    const parts = this.scan(path, { open: IGNORE, close: IGNORE, text: IGNORE, ...handler });
    for await (const _ of parts);
  }

  /** What `path` refers to: relationship id → type (its last word) and path of the target. */
  async relations(path: string): Promise<Map<string, { type: string; target: string }>> {
    const slash = path.lastIndexOf('/') + 1;
    const folder = path.slice(0, slash);
    const file = `${folder}_rels/${path.slice(slash)}.rels`;
    const found = new Map<string, { type: string; target: string }>();
    if (!this.has(file)) return found;
    await this.read(file, {
      open: (name, raw) => {
        if (name !== 'Relationship') return;
        const attributes = attributesOf(raw);
        if (attributes.get('TargetMode') === 'External') return;
        const type = attributes.get('Type') ?? '';
        found.set(attributes.get('Id') ?? '', {
          type: type.slice(type.lastIndexOf('/') + 1),
          target: resolve(folder, attributes.get('Target') ?? ''),
        });
      },
    });
    return found;
  }
}

/** `../x.xml` and `/xl/x.xml` as they are named in the archive. Nothing is opened by this name but parts of the archive. */
function resolve(folder: string, target: string): string {
  const from = target.startsWith('/') ? [] : folder.split('/');
  const path: string[] = [];
  for (const piece of [...from, ...target.split('/')]) {
    if (piece === '..') path.pop();
    else if (piece !== '' && piece !== '.') path.push(piece);
  }
  return path.join('/');
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function decode(decoder: Decoder, bytes?: Uint8Array): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch {
    throw refusal('table-damaged', '文件已损坏，无法读取：文字编码错误');
  }
}
