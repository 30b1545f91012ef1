import { z } from 'zod';
import { type EpochMs, parseShanghaiDateTime } from '../../../../shared/domain/time.ts';

/** What the camera tells of a car, whichever way. */
export interface DahuaEvent {
  /** E.g. `TrafficJunction`. */
  readonly code: string;
  /** What stays the same when it is told again. */
  readonly id: string;
  readonly at: EpochMs | null;
  /** `at` counts from 1970 in a zone that is not told. */
  readonly isZoneOpen: boolean;
  readonly plate: string;
  readonly color: string;
  readonly lane: number | null;
  /** The camera opened by itself. */
  readonly opened: boolean;
  /** Kept from before. */
  readonly stored: boolean;
}

const MOST_EVENTS = 16;
const LINE = /^(?:Return)?Events\[(\d{1,3})\]\.([\w.[\]]+)=(.*)$/;
/** No source names a mark of kept events; these are the words that makers use for it. */
const STORED = ['IsOffline', 'Offline', 'OfflineFlag', 'IsHistory'];
const isYes = (value: string | undefined): boolean => value !== undefined && /^(?:1|true|yes)$/i.test(value.trim());

/** The events of a text part: lines of key and value. None: a heartbeat, or something else. */
export function readEvents(text: string): readonly DahuaEvent[] {
  const found = new Map<string, Map<string, string>>();
  for (const line of text.split(/\r?\n/)) {
    const [, index, key, value] = LINE.exec(line) ?? [];
    if (index === undefined || key === undefined) continue;
    const fields = found.get(index) ?? new Map<string, string>();
    if (found.size >= MOST_EVENTS && !found.has(index)) continue;
    found.set(index, fields.set(key, value ?? ''));
  }
  return [...found.values()].map(eventOf);
}

function eventOf(fields: ReadonlyMap<string, string>): DahuaEvent {
  const of = (name: string): string => fields.get(name)?.trim() ?? '';
  const number = (name: string): number | null => (/^\d{1,15}$/.test(of(name)) ? Number(of(name)) : null);
  const [utc, ms] = [number('UTC'), number('UTCMS')];
  const isGroup = (number('CountInGroup') ?? 1) > 1 && of('GroupID') !== '';
  const plate = of('TrafficCar.PlateNumber') || of('Object.Text');
  const id = isGroup ? `group ${of('GroupID')}` : `${of('EventID') || of('GroupID')} ${of('UTC')}.${of('UTCMS')}`;
  return {
    ...{ code: of('EventBaseInfo.Code') || of('Code'), plate, color: of('TrafficCar.PlateColor') },
    id: of('EventID') === '' && of('GroupID') === '' ? `${id} ${plate}` : id,
    at: utc === null || utc === 0 ? null : utc * 1000 + (ms !== null && ms < 1000 ? ms : 0),
    ...{ isZoneOpen: true, lane: number('Lane') },
    opened: !['', 'close'].includes(of('OpenStrobeState').toLowerCase()),
    stored: STORED.some((name) => isYes(fields.get(name))),
  };
}

const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => value ?? '');
const yes = z.union([z.boolean(), text]).nullish();
const picture = z
  .object({ Content: z.string().catch('') })
  .nullish()
  .catch(null);
const pushSchema = z.object({
  DeviceID: text.optional(),
  DeviceName: text.optional(),
  Picture: z
    .object({
      Plate: z.object({ IsExist: yes, PlateNumber: text, PlateColor: text }).nullish(),
      SnapInfo: z
        .object({
          ...{ DeviceID: text, AccurateTime: text, SnapTime: text.optional(), LanNo: text.optional() },
          ...{ OpenStrobe: yes.optional(), IsOffline: yes.optional(), OfflineFlag: yes.optional() },
        })
        .nullish(),
      ...{ NormalPic: picture, CutoutPic: picture, VehiclePic: picture },
    })
    .nullish(),
});

/** A request of a camera that pushes (ITSAPI). */
export interface DahuaPush {
  readonly deviceId: string;
  readonly name: string | null;
  /** null: a sign of life, or what it tells of itself. */
  readonly event: DahuaEvent | null;
  /** Base64, the whole scene first. */
  readonly pictures: readonly string[];
}

const said = (value: boolean | string | null | undefined): boolean =>
  typeof value === 'boolean' ? value : isYes(value ?? undefined);

/** null: it is none. */
export function readPush(json: string): DahuaPush | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  const parsed = pushSchema.safeParse(value);
  if (!parsed.success) return null;
  const { DeviceID = '', DeviceName = '', Picture } = parsed.data;
  const deviceId = Picture?.SnapInfo?.DeviceID || DeviceID;
  const contents = [Picture?.NormalPic, Picture?.VehiclePic, Picture?.CutoutPic].map((each) => each?.Content ?? '');
  return {
    ...{ deviceId, name: DeviceName || null, pictures: contents.filter((content) => content !== '') },
    event: Picture ? pushedEvent(Picture) : null,
  };
}

function pushedEvent({ Plate, SnapInfo }: NonNullable<z.output<typeof pushSchema>['Picture']>): DahuaEvent {
  const isThere = Plate?.IsExist == null || Plate.IsExist === '' || said(Plate.IsExist);
  const plate = isThere ? (Plate?.PlateNumber ?? '') : '';
  const time = SnapInfo?.AccurateTime || SnapInfo?.SnapTime || '';
  return {
    ...{ code: 'TrafficJunction', plate, color: Plate?.PlateColor ?? '' },
    id: `${time} ${SnapInfo?.LanNo ?? ''} ${plate}`.slice(0, 120),
    ...{ at: timeOf(time), isZoneOpen: false },
    lane: /^\d{1,3}$/.test(SnapInfo?.LanNo ?? '') ? Number(SnapInfo?.LanNo) : null,
    opened: said(SnapInfo?.OpenStrobe),
    stored: said(SnapInfo?.IsOffline) || said(SnapInfo?.OfflineFlag),
  };
}

/** `2026-11-22 09:30:00.120` by Beijing time, also written with T and without thousandths. */
function timeOf(text: string): EpochMs | null {
  const [, date, time, ms = '0'] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:[.:](\d{1,3}))?$/.exec(text.trim()) ?? [];
  const at = date === undefined ? undefined : parseShanghaiDateTime(`${date} ${time ?? ''}`);
  return at === undefined ? null : at + Number(ms.padEnd(3, '0'));
}

const ZONE_MS = 8 * 3_600_000;
const NEAR_MS = 30 * 60_000;

/** The moment of an event, where its seconds may have been counted in Beijing time: 8 hours ahead of our clock it is. */
export function momentOf(event: DahuaEvent, utc: 'auto' | 'utc' | 'local', now: EpochMs): EpochMs | null {
  if (event.at === null || !event.isZoneOpen || utc === 'utc') return event.at;
  const isLocal = utc === 'local' || Math.abs(event.at - ZONE_MS - now) < NEAR_MS;
  return isLocal ? event.at - ZONE_MS : event.at;
}
