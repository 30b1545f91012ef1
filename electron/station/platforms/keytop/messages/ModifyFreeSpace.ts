import { carriedOut } from '../carried-out.ts';
import { KEYTOP, type KeytopContext, type KeytopReply, notDone } from '../context.ts';
import { down, parameters } from '../define.ts';
import { maybeWhole, whole } from '../down-fields.ts';

/** 空闲车位修改接口: exactly one count is put right, that of an area; without a code that of the first (by its code). */
export const ModifyFreeSpace = down({
  name: 'ModifyFreeSpace',
  title: '空闲车位修改',
  section: '下行2.2',
  schema: parameters({ areaCode: maybeWhole(), freeSpaceNum: whole() }),
  sample: { parkCode: '123', areaCode: 1, freeSpaceNum: 120 },
  handle: ({ areaCode, freeSpaceNum }, _call, context) => setFree(areaCode, freeSpaceNum, context),
});

function setFree(areaCode: number | undefined, free: number, context: KeytopContext): KeytopReply {
  const { areas, commands } = context;
  const [first] = [...areas].sort((one, other) => one.code - other.code);
  const area = areaCode === undefined ? first : areas.find(({ code }) => code === areaCode);
  if (!area && areaCode !== undefined) return notDone(`没有编号为 ${areaCode} 的区域`);
  // A car park without areas is one area.
  const { open } = commands.spaces();
  const places = area?.spaces ?? open;
  if (free > places) return notDone(`参数有误：freeSpaceNum: 不应大于${area ? `${area.name}的` : ''}车位数 ${places}`);
  return carriedOut(() => {
    const inside = area ? places - free : places - free + reserved(context);
    commands.recountSpaces(KEYTOP.name, {
      areaId: area?.id ?? null,
      actualInside: inside,
      reason: `科拓平台修改空闲车位为 ${free}`,
    });
    return undefined;
  });
}

/** Cars on reserved spaces take none of those that are free to all. */
const reserved = ({ station }: KeytopContext): number =>
  station()
    .read.stays.counts()
    .reduce((sum, { quotaId, cars }) => (quotaId === '' ? sum : sum + cars), 0);
