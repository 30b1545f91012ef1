import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { VerifyReport } from '../../shared/contract/evidence.ts';
import { VerifyArgumentError, verifyDirectory } from '../station/evidence/verify.ts';
import { SystemClock } from '../station/runtime/clock.ts';
import { DatabaseError, errorText } from '../station/runtime/errors.ts';

/** Exit codes that others rely on. */
const EXIT = { whole: 0, broken: 1, badArguments: 2, cannotOpen: 4 } as const;

const USAGE = 'usage: verify --data DIR [--from SEQ] [--expect SEQ:HASH]... [--photos] [--json]';

const anchorSchema = z
  .string()
  .regex(/^[1-9]\d*:[0-9a-f]{64}$/i, 'must be SEQ:HASH, with 64 hexadecimal digits')
  .transform((text) => {
    const [seq = '', hash = ''] = text.split(':');
    return { seq: Number(seq), hash: hash.toLowerCase() };
  });

const argumentsSchema = z.object({
  data: z.string({ error: '--data DIR is required' }).min(1, '--data DIR is required'),
  from: z.coerce.number({ error: 'must be a number' }).int().min(1).optional(),
  expect: z.array(anchorSchema).optional(),
  photos: z.boolean().default(false),
  json: z.boolean().default(false),
});

const PROGRESS = { rows: '流水', table: '核对表', photos: '照片' } as const;

/**
 * `verify`: checks a data directory as evidence, read-only, whether a station runs on it or not. The report goes to standard
 * output, progress to standard error. Resolves with the exit code.
 */
export async function verify(argv: readonly string[]): Promise<number> {
  let args: z.output<typeof argumentsSchema>;
  try {
    args = readArguments(argv);
  } catch (error) {
    process.stderr.write(`${errorText(error)}\n${USAGE}\n`);
    return EXIT.badArguments;
  }
  try {
    const report = await verifyDirectory(
      {
        dataDirectory: args.data,
        from: args.from,
        expect: args.expect,
        photos: args.photos,
        progress: (what, done, detail) => process.stderr.write(`${PROGRESS[what]} ${done} ${detail}\n`),
      },
      new SystemClock(),
    );
    process.stdout.write(args.json ? `${JSON.stringify(report)}\n` : reportText(report));
    return report.whole ? EXIT.whole : EXIT.broken;
  } catch (error) {
    process.stderr.write(`${errorText(error)}\n`);
    if (error instanceof VerifyArgumentError) return EXIT.badArguments;
    if (error instanceof DatabaseError) return EXIT.cannotOpen;
    throw error;
  }
}

function readArguments(argv: readonly string[]): z.output<typeof argumentsSchema> {
  const { values } = parseArgs({
    args: [...argv],
    strict: true,
    options: {
      data: { type: 'string' },
      from: { type: 'string' },
      expect: { type: 'string', multiple: true },
      photos: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  const parsed = argumentsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n'));
}

/** One line a finding: `不符 [code] seq=N text`. The anchor is the last line, to be kept. */
function reportText(report: VerifyReport): string {
  const lines = report.notes.map((note) => `记录 [${note.code}] seq=${note.seq} ${note.text}`);
  if (report.noteCount > report.notes.length) lines.push(`记录 ……另有 ${report.noteCount - report.notes.length} 条`);
  for (const { code, seq, text } of report.findings)
    lines.push(`不符 [${code}] ${seq === null ? '' : `seq=${seq} `}${text}`);
  const more = report.findingCount - report.findings.length;
  if (more > 0) lines.push(`不符 ……另有 ${more} 处`);
  lines.push(
    `流水：从第 ${report.fromSeq} 条起核验 ${report.rows} 条`,
    report.tables ? `业务表：逐行核对 ${report.tableRows} 行` : '业务表：没有核对（从中间开始核验时无法重演流水）',
    report.photos === null ? '照片：没有核对（加 --photos 核对）' : `照片：核对 ${report.photos} 张`,
    report.whole ? '结论：完整，没有发现改动' : `结论：有 ${report.findingCount} 处不符`,
    `锚点：${report.anchor.seq}:${report.anchor.hash}`,
  );
  return `${lines.join('\n')}\n`;
}
