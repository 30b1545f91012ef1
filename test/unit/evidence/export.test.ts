import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageView, stayView } from '../../../electron/station/api/views.ts';
import { assembleEvidence } from '../../../electron/station/evidence/assemble.ts';
import { evidenceHtml } from '../../../electron/station/evidence/export-html.ts';
import { html, jsonBlock } from '../../../electron/station/evidence/markup.ts';
import { PhotoVault } from '../../../electron/station/store/photo-vault.ts';
import { evidenceSchema } from '../../../shared/contract/evidence.ts';
import { jpegOfSize } from '../../peers/jpeg.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';
import { wholeStay } from './whole-stay.ts';

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(2)>" onload="x' & <!-- ]]>\u202Eabc\u2028`;

let clock: FakeClock;
let temp: TempStore;
beforeEach(() => {
  clock = new FakeClock();
  temp = tempStore(clock);
});
afterEach(() => temp.dispose());

async function exportOf(uid: string, siteName = '测试停车场'): Promise<string> {
  const evidence = assembleEvidence(temp.store.read, uid, {
    clock,
    site: { code: '1001', name: siteName },
    version: '1.2.3',
    laneOfDevice: () => undefined,
    laneName: () => undefined,
    stayView,
    messageView: (row) => messageView(row, null, null),
  });
  const vault = new PhotoVault(`${temp.directory}/photos`, temp.store.read.photos, memoryLog());
  const contents = new Map<string, Uint8Array | undefined>();
  for (const { id } of evidence.photos) contents.set(id, await vault.read(id));
  return evidenceHtml(evidence, contents);
}

/** The record for machines, taken out of the file the way a browser does: up to the first end of the block. */
function recordIn(file: string): unknown {
  const [, block = ''] = /<script type="application\/json" id="evidence">([\s\S]*?)<\/script>/.exec(file) ?? [];
  return JSON.parse(block);
}

describe('the exported file', () => {
  it('holds everything in itself: pictures, words, and the record for machines', async () => {
    wholeStay(temp, clock, 'u1');
    const file = await exportOf('u1');
    expect(file.match(/src="data:image\/jpeg;base64,/g)).toHaveLength(3);
    // No address of anything else.
    expect(file).not.toMatch(/(src|href|url)\s*[=(]\s*["']?(?!["']|data:)/);
    for (const text of [
      '鲁B12345',
      '首时段 60 分钟',
      '小王',
      '收 10.00 元，找 3.00 元',
      '核对结果：相符',
      '后排乘客要求',
    ])
      expect(file).toContain(text);
    const record = evidenceSchema.parse(recordIn(file));
    expect(record.stay.uid).toBe('u1');
    for (const row of record.timeline) expect(file).toContain(row.hash);
    expect(file).toContain(`${record.anchor.seq}:${record.anchor.hash}`);
  });

  it('cannot be broken out of by text from outside', async () => {
    wholeStay(temp, clock, 'u1', HOSTILE);
    const file = await exportOf('u1', HOSTILE);
    expect(file.match(/<script/g)).toHaveLength(1);
    expect(file.match(/<\/script/g)).toHaveLength(1);
    expect(file.match(/<img /g)).toHaveLength(3);
    expect(file).not.toContain('<img src=x');
    expect(file).not.toContain('<!--');
    expect(file).not.toContain('\u202E');
    const record = evidenceSchema.parse(recordIn(file));
    expect(record.movements.at(-1)?.reason).toBe(HOSTILE);
  });

  it('says loudly when a row was edited or a picture is not the one that was taken', async () => {
    wholeStay(temp, clock, 'u1');
    temp.db.exec('DROP TRIGGER journal_is_append_only_u');
    temp.db.exec("UPDATE journal SET actor_name = '小李' WHERE kind = 'bill-paid'");
    temp.db.exec("UPDATE photos SET sha256 = 'x' WHERE purpose = 'entry'");
    const file = await exportOf('u1');
    expect(file).toContain('核对结果：不相符');
    expect(file).toContain('有 1 条的摘要与内容不符');
    expect(file).toContain('有 1 张缺失或与登记的摘要不符');
    expect(file.match(/src="data:image\/jpeg;base64,/g)).toHaveLength(2);
  });
});

it('is not taken in by a picture that was replaced together with its row', async () => {
  wholeStay(temp, clock, 'u1');
  const other = jpegOfSize(4000);
  writeFileSync(`${temp.directory}/photos/2026-03-02/ph-in-u1.jpg`, other);
  const digest = createHash('sha256').update(other).digest('hex');
  temp.db.exec(`UPDATE photos SET sha256 = '${digest}' WHERE purpose = 'entry'`);
  expect(await exportOf('u1')).toContain('有 1 张缺失或与登记的摘要不符');
});

describe('markup', () => {
  it('escapes text and attributes, and leaves markup of its own alone', () => {
    const inner = html`<b>${'a < b'}</b>`;
    expect(html`<p title="${'"\'>'}">${inner}${[inner, inner]}${7}</p>`.text).toBe(
      '<p title="&quot;&#39;&gt;"><b>a &lt; b</b><b>a &lt; b</b><b>a &lt; b</b>7</p>',
    );
  });

  it('writes JSON that no sequence in it can end', () => {
    const value = { text: HOSTILE };
    expect(jsonBlock(value).text).not.toMatch(/[<>&\u2028]/);
    expect(JSON.parse(jsonBlock(value).text)).toEqual(value);
  });
});
