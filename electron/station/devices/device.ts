import type { z } from 'zod';
import type { BerthSource } from '../../../shared/domain/berth.ts';
import type { SelfTestStep } from '../../../shared/domain/device-test.ts';
import type { DisplayColor, DisplayLine } from '../../../shared/domain/display.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { PrintDocument } from '../../../shared/domain/print.ts';
import type { DeviceKind } from '../../../shared/domain/site.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Cancel, Clock, Entropy, Ids, Log } from '../runtime/ports.ts';
import type { DeviceLinks } from './links.ts';

/** One read of a plate, in the house's words. */
export interface PlateRead {
  readonly deviceId: string;
  readonly serialNo: string;
  /** The camera's own counter: serialNo + plateId is the identity of a read. `null` when the camera has none. */
  readonly plateId: string | null;
  readonly plate: Plate;
  readonly confidence: number | null;
  readonly trigger: string;
  /** By the camera's clock, which may be wrong. */
  readonly capturedAt: EpochMs | null;
  readonly receivedAt: EpochMs;
  /** Kept by the camera while we were away. It never opens anything. */
  readonly stored: boolean;
  /** The JPEG, when the camera sent one. */
  readonly photo: Uint8Array | null;
  /** What the camera saw of the car's way, where it says: it came, it drove off backwards (折返). Absent: it came. */
  readonly motion?: 'arrived' | 'turned-back' | undefined;
  /**
   * What it means when the camera tells this read once more. `may-open`: its commands travel in the answers that it gets, and it saw none, so
   * that an opening which got lost on the way is given again. Absent: nothing; whatever became of the opening, none is given because of it.
   */
  readonly again?: 'may-open' | undefined;
  /**
   * The camera says itself that this is the rest of a read that it told under this number before, whatever plate it reads now. Absent: with
   * another plate it is another read.
   */
  readonly completes?: true | undefined;
  /** The camera moved the arm by itself for this car, by a list of its own (相机自行开闸). Absent: it did not, or does not say. */
  readonly openedByCamera?: boolean | undefined;
}

/** What a device says of one berth. */
export interface BerthTold {
  /** 泊位编号. */
  readonly code: string;
  readonly occupied: boolean;
  /** When that began, by a clock that can be relied on; null: the device does not say. */
  readonly at: EpochMs | null;
  /** The device's own count of the changes of this berth. */
  readonly sequence: number | null;
  readonly plate: Plate | null;
  readonly confidence: number | null;
  readonly photo: Uint8Array | null;
}

/** A push of a device that watches berths: what changed, or how all of them are. */
export interface BerthReading {
  readonly deviceId: string;
  readonly source: Exclude<BerthSource, 'person'>;
  readonly receivedAt: EpochMs;
  /** How far the device's clock is from ours, where it tells the time. */
  readonly offsetMs: number | null;
  /** So far that its moments count for nothing. */
  readonly clockWrong: boolean;
  readonly berths: readonly BerthTold[];
}

/** Codes that are no berth of the device, and those of which nothing could be stored: it tells of these again. */
export interface BerthsHeard {
  readonly unknown: readonly string[];
  readonly failed: readonly string[];
}

/** `unknown`: the command left and no answer came; shown to a person, never repeated by itself. */
export type CommandOutcome = {
  readonly outcome: 'done' | 'refused' | 'unknown';
  readonly detail: string;
  /**
   * Where a driver may learn after `done` that nobody knows how it ended: resolves then, with why, beginning of a sentence in Chinese; else never.
   * Nothing is repeated because of it.
   */
  readonly lost?: Promise<string> | undefined;
};

/** What a device tells the station. Handlers are synchronous: when they return, what must be durable is durable. */
export interface DeviceEvents {
  /**
   * A read, each time that the camera tells it. One that came without its picture may be told again with it: the picture then becomes its
   * evidence, and nothing moves. So no read waits for a picture.
   */
  plate(read: PlateRead): void;
  /** What a device at the kerb tells of its berths. */
  berths(reading: BerthReading): BerthsHeard;
  /** A loop or contact changed. `role` comes from the device's settings, e.g. `trigger-loop`, `safety-loop`. Does not throw, nor do those below. */
  input(deviceId: string, role: string, on: boolean): void;
  state(deviceId: string, state: 'online' | 'offline', detail: string): void;
  /** The arm itself moved, where the device can tell. */
  arm(deviceId: string, arm: 'closed' | 'moving' | 'open'): void;
  /** A picture that was asked for by `snapshot`, or that came by itself. */
  snapshot(deviceId: string, jpeg: Uint8Array): void;
  /** A scan gun read a code, whole, as often as it read it; null: something that it could not read. It may be money: nobody writes it down. */
  scanned(deviceId: string, code: string | null): void;
  /** A fault that the device itself knows of, by a code of its own, e.g. `paper-out`; null: that one is over. Told at each change. */
  fault(deviceId: string, code: DeviceFault, detail: string | null): void;
}

/** What devices complain about besides not being there. */
export type DeviceFault =
  | 'paper-out'
  | 'paper-low'
  | 'cover-open'
  | 'printer-error'
  | 'input-stuck'
  | 'login-refused'
  | 'no-answer'
  | 'firmware';

export interface Device {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly driver: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  lastSeenAt(): EpochMs | null;
  /** What the device tells of itself, for its page. */
  facts?(): DeviceFacts;
  /**
   * Looks whether all is well, step by step, without anything moving that a driver would notice. The picture of a camera is
   * looked at by the station itself, with `snapshot`. Takes a few seconds at most and does not reject.
   */
  selfTest?(): Promise<readonly SelfTestStep[]>;
}

export interface DeviceFacts {
  readonly serialNo?: string | undefined;
  readonly firmware?: string | undefined;
  readonly address?: string | undefined;
  /** The device that it hangs on and shares its fate with. */
  readonly via?: string | undefined;
  /** Roles of the loops and contacts that it may report. */
  readonly inputs?: readonly string[] | undefined;
  /** The contacts behind those roles as they were read last, before anything was made of them. */
  readonly contacts?: readonly DeviceContact[] | undefined;
  /** How its relays are told to move the arm: the model of board, and what keeps the arm up. */
  readonly relays?: { readonly profile: string; readonly hold: string } | undefined;
}

/** One contact of a device: `closed` is null until it was read. */
export interface DeviceContact {
  readonly role: string;
  /** As it is counted at the device. */
  readonly terminal: number;
  readonly closed: boolean | null;
  /** What that counts as; null until then. */
  readonly on: boolean | null;
}

/** A device that bytes can be sent to as they are, to try things out. Nothing that moves an arm: an opening must be explained. */
export interface RawTalker {
  /** Sends them in their turn, between the messages of the driver; what comes back stands in the trace. */
  raw?(bytes: Uint8Array): Promise<CommandOutcome>;
}

/**
 * A camera that may also move an arm and pass bytes to what hangs on its serial port. `gate` calls return at once; the
 * promise tells how it ended. A command that could not be handed over within its validity ends as `refused` and is dropped.
 */
export interface Camera extends Device {
  readonly kind: 'camera';
  gate(action: GateAction): Promise<CommandOutcome>;
  sendSerial(channel: number, bytes: Uint8Array): Promise<CommandOutcome>;
  /** Asks for a picture; it arrives through `DeviceEvents.snapshot`. */
  snapshot(): Promise<CommandOutcome>;
  /** Bytes that came in on its serial port, where it passes them on: answers of what hangs there. */
  onSerial?(channel: number, heard: (bytes: Uint8Array) => void): Cancel;
  /** What the arm that hangs on it does, where it can tell. */
  arm?(): ArmPosition;
  /** No picture can be asked for: its pictures come with plates alone. */
  readonly takesPictures?: false;
}

export type ArmPosition = 'closed' | 'moving' | 'open' | 'unknown';

export type GateAction = 'open' | 'close' | 'hold' | 'release-hold';

export interface Barrier extends Device {
  readonly kind: 'barrier';
  gate(action: GateAction): Promise<CommandOutcome>;
  /** What the arm does, where the hardware can tell. */
  arm(): ArmPosition;
  /** No order to close reaches it: it closes by itself, and refuses them. */
  readonly closesItself?: boolean;
}

/** What lies under an arm, as it was just read. */
export type UnderArm =
  | { readonly under: 'clear' | 'occupied' }
  /** `detail`: why nobody can say, a sentence in Chinese. */
  | { readonly under: 'unknown'; readonly detail: string };

/** 输入板: loops and limit switches of a lane, on a board of their own; another device moves its arm. */
export interface InputBoard extends Device {
  readonly kind: 'io';
  readonly hasSafetyLoop: boolean;
  /** Reads the safety loop now: what was told of it last may be old. Takes a few times its answering time at most; does not reject. */
  lookUnder(): Promise<UnderArm>;
  /** What the arm does, by the limit switches that hang here. */
  arm(): ArmPosition;
}

/** A display with some lines of text (LED 屏), often with a loudspeaker. */
export interface Display extends Device, RawTalker {
  readonly kind: 'display';
  /** Whether it can say something aloud. */
  readonly speaks: boolean;
  /** Puts the lines up, as many as there is room for, and says `speech` aloud where it can; what it was saying ends. */
  show(lines: readonly DisplayLine[], speech?: string): Promise<CommandOutcome>;
  /** What it shows now, where that is known. */
  showing(): readonly DisplayLine[] | null;
  /** How loud it speaks, 0 to 100; 0: not at all. Kept by the driver, and told again to a display that came back. */
  setVolume?(percent: number): Promise<CommandOutcome>;
}

/** 余位屏: tells drivers how many spaces are free. */
export interface Sign extends Device, RawTalker {
  readonly kind: 'sign';
  /** Whose spaces: an area's, or null: those of the car park. */
  readonly area: string | null;
  show(free: number, color: DisplayColor): Promise<CommandOutcome>;
  showing(): { readonly free: number; readonly color: DisplayColor } | null;
}

/** A receipt printer (小票打印机), with a cash drawer where one hangs on it. */
export interface Printer extends Device, RawTalker {
  readonly kind: 'printer';
  /** How many characters a line of its paper holds, Chinese ones counting twice. */
  readonly columns: number;
  /** A cash drawer hangs on it. */
  readonly hasDrawer: boolean;
  /** `done`: all of it was taken, as far as the printer can tell. `unknown`: some of it may be on paper. Never prints twice by itself. */
  print(document: PrintDocument): Promise<CommandOutcome>;
  /** Kicks the cash drawer open. */
  openDrawer(): Promise<CommandOutcome>;
  /** The last piece of paper, where the printer is one that keeps it for its page. */
  lastPrinted?(): { readonly at: EpochMs; readonly document: PrintDocument } | null;
}

/** A scan gun that is not a keyboard: its codes come through `DeviceEvents.scanned`. */
export interface Scanner extends Device {
  readonly kind: 'scanner';
  /** When it read its last code, and how many characters that had. */
  lastScan(): { readonly at: EpochMs; readonly characters: number } | null;
}

/** What a driver reports of its own talk with the device: for the device's page, never for a decision. */
export interface DeviceLink {
  /** Bytes went over the wire. Costs next to nothing: secrets are taken out and the rest is kept later. */
  exchanged(direction: 'in' | 'out', head: string, bytes: Uint8Array | string): void;
  /** A command was carried out, so long after it was handed over. */
  took(ms: number): void;
}

/** Somebody speaks the driver's protocol and stands in nobody's configuration. */
export interface Stranger {
  readonly serialNo: string;
  readonly address: string;
  readonly name: string | null;
  readonly plate: Plate | null;
  /** Reads the picture that came along; called only when one is wanted. */
  readonly picture: () => Uint8Array | null;
}

/** A request of a device that pushes over HTTP, body complete and within limits. */
export interface DeviceRequest {
  readonly method: string;
  /** What follows `/devices/<driver>`, starting with `/` or empty; the whole path where it came by another of the driver's paths. */
  readonly path: string;
  readonly query: string;
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly remote: string;
  /** Aborts when the other side went away. */
  readonly signal: AbortSignal;
}

export interface DeviceResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** Called once it is known whether the whole response was handed to the socket. */
  readonly settled?: (written: boolean) => void;
}

/** A driver whose devices push to us; told apart by what is in the body. */
export interface DeviceEndpoint {
  handle(request: DeviceRequest): Promise<DeviceResponse>;
}

export interface DeviceDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly events: DeviceEvents;
  readonly link: DeviceLink;
  /** The ways to the outside: lines of bytes, HTTP, MQTT. */
  readonly links: DeviceLinks;
  /** Another configured device, e.g. the camera that a barrier hangs on. Resolved at start, never at import. */
  readonly find: (id: string) => Device | undefined;
}

export interface EndpointDeps extends Pick<DeviceDeps, 'clock' | 'log'> {
  /** Told each time that somebody calls who is not configured. */
  readonly found: (stranger: Stranger) => void;
}

/** A driver: settings, and how to make one device from them. `endpoint` serves all devices of the driver that push. */
export interface DriverDefinition<S extends z.ZodType = z.ZodType> {
  readonly driver: string;
  readonly kind: DeviceKind;
  readonly settings: S;
  /** A camera that moves no arm over the network: no barrier hangs on it. */
  readonly gates?: false;
  /** A camera that passes nothing on to its RS-485: no display hangs on it. */
  readonly serial?: false;
  /** Settings for a device that called by itself and is to be taken in, as far as they can be told. Absent: its serial number. */
  suggest?(stranger: Pick<Stranger, 'serialNo' | 'address'>): Readonly<Record<string, unknown>>;
  create(id: string, settings: z.output<S>, deps: DeviceDeps): Device;
  /** Where its endpoint is mounted besides, with all below it, for devices that nobody can tell a path: from the root, `/Name`. */
  readonly paths?: readonly string[];
  /** One endpoint for all devices of this driver, mounted at `/devices/<driver>` and below. */
  endpoint?(devices: readonly Device[], deps: EndpointDeps): DeviceEndpoint;
}
