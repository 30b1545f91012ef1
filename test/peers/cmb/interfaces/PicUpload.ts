import * as f from '../field.ts';
import { doubt, type Finding, finding } from '../finding.ts';
import { DONE, type Request, type UpInterface } from '../interface.ts';
import { looksWhole, pictureOf } from '../picture.ts';
import type { UploadedPicture } from '../records.ts';
import type { State } from '../state.ts';

const PASSAGE = { '1': 'Indata', '2': 'Outdata' } as const;

const flagOf = ({ fields }: Request): '1' | '2' => (fields['in_out_flag'] === '2' ? '2' : '1');
const sideOf = (request: Request): 'in' | 'out' => (flagOf(request) === '2' ? 'out' : 'in');

const sameAs = (a: UploadedPicture, text: string): boolean => {
  const b = pictureOf(text);
  if ('url' in a) return 'url' in b && a.url === b.url;
  return 'bytes' in b && a.bytes.equals(b.bytes);
};

function objections(request: Request, { records }: State): Finding[] {
  const { fields } = request;
  const recordId = fields['record_id'] ?? '';
  const record = records.of(recordId);
  const passage = PASSAGE[flagOf(request)];
  const told = passage === 'Indata' ? record?.entry : record?.exit;
  const found: Finding[] = [];
  if (!told && !records.wasTried(passage, recordId))
    found.push(finding('order', `PicUpload of ${recordId} came before its ${passage}`, 'record_id'));
  const picture = pictureOf(fields['pic_con'] ?? '');
  if ('bytes' in picture && !looksWhole(picture.bytes))
    found.push(doubt('format', 'pic_con is no whole JPEG or PNG', 'pic_con'));
  return found;
}

/** 5.6 进出图片上报; `pic_con` is not signed. Sent again, the newest picture counts. */
export const PicUpload: UpInterface = {
  name: 'PicUpload',
  section: '5.6',
  unsigned: ['pic_con'],
  fields: [
    f.PARK_CODE,
    f.RECORD_ID,
    f.int('in_out_flag', { codes: 'in_out_flag' }),
    f.text('pic_con', { format: 'picture' }),
  ],
  repeats: (request, { records }) => {
    const known = records.of(request.fields['record_id'] ?? '')?.pictures[sideOf(request)];
    if (!known) return undefined;
    return sameAs(known, request.fields['pic_con'] ?? '') ? [] : ['pic_con'];
  },
  objections,
  process: (request, { records }) => {
    const record = records.of(request.fields['record_id'] ?? '');
    if (record) record.pictures[sideOf(request)] = { ...pictureOf(request.fields['pic_con'] ?? ''), at: request.at };
    return { answer: record ? DONE : { status: 2, message: '无此停车记录' } };
  },
};
