/** How this firmware writes. */
export interface DahuaDialect {
  readonly prefix: 'Events' | 'ReturnEvents';
  /** `UTC` is the local time written as though it were UTC. */
  readonly localAsUtc: boolean;
}

/** What a test may say of one read. */
export interface DahuaRead {
  /** Empty when none was read. */
  readonly plate: string;
  readonly plateColor?: string;
  readonly vehicleColor?: string;
  readonly lane?: number;
  /** By the camera's clock, epoch ms. */
  readonly capturedAt?: number;
  /** Whether the camera opened by itself. */
  readonly openStrobeState?: 'Close' | 'Auto' | 'Normal';
  /** The largest is the whole scene. */
  readonly pictures?: readonly Buffer[];
  readonly code?: string;
  /** Further lines, by what stands behind the prefix. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** A read that is complete: it may be told any number of times and stays the same. */
export interface DahuaEvent extends DahuaRead {
  readonly capturedAt: number;
  readonly eventId: number;
}

const ZONE_SECONDS = 8 * 3_600;

export const utcOf = (at: number, dialect: DahuaDialect): number =>
  Math.floor(at / 1000) + (dialect.localAsUtc ? ZONE_SECONDS : 0);

/** The text part of an event: lines of key and value. */
export function eventText(event: DahuaEvent, dialect: DahuaDialect): string {
  const values: Readonly<Record<string, string | number>> = {
    'EventBaseInfo.Code': event.code ?? 'TrafficJunction',
    'EventBaseInfo.Action': 'Pulse',
    'EventBaseInfo.Index': 0,
    EventID: event.eventId,
    GroupID: event.eventId,
    CountInGroup: 1,
    IndexInGroup: 1,
    UTC: utcOf(event.capturedAt, dialect),
    UTCMS: event.capturedAt % 1000,
    Lane: event.lane ?? 1,
    'TrafficCar.PlateNumber': event.plate,
    'TrafficCar.PlateColor': event.plateColor ?? 'Blue',
    'TrafficCar.VehicleColor': event.vehicleColor ?? 'White',
    OpenStrobeState: event.openStrobeState ?? 'Close',
    ...event.extra,
  };
  return Object.entries(values)
    .map(([key, value]) => `${dialect.prefix}[0].${key}=${value}\r\n`)
    .join('');
}

/** The same as `eventManager` tells it: one line, then JSON. */
export function managerText(event: DahuaEvent, dialect: DahuaDialect): string {
  const data = {
    EventID: event.eventId,
    GroupID: event.eventId,
    UTC: utcOf(event.capturedAt, dialect),
    UTCMS: event.capturedAt % 1000,
    Lane: event.lane ?? 1,
    TrafficCar: {
      PlateNumber: event.plate,
      PlateColor: event.plateColor ?? 'Blue',
      VehicleColor: event.vehicleColor ?? 'White',
    },
    OpenStrobeState: event.openStrobeState ?? 'Close',
  };
  return `Code=${event.code ?? 'TrafficJunction'};action=Pulse;index=0;data=${JSON.stringify(data, null, 3)}\r\n`;
}

const part = (type: string, body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`--myboundary\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`),
    body,
    Buffer.from('\r\n'),
  ]);

export const textPart = (text: string): Buffer => part('text/plain', Buffer.from(text));

export const eventParts = (event: DahuaEvent, dialect: DahuaDialect): Buffer =>
  Buffer.concat([
    textPart(eventText(event, dialect)),
    ...(event.pictures ?? []).map((picture) => part('image/jpeg', picture)),
  ]);

export const heartbeatPart = (): Buffer => textPart('Heartbeat\r\n');
