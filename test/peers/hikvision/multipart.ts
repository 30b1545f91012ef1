import type { Dialect, NamedPicture } from './event.ts';

const part = (boundary: string, headers: readonly string[], body: string | Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ]);

const disposition = (name: string): string => `Content-Disposition: form-data; name="${name}"; filename="${name}"`;

/** The body of a push: the event, then the pictures that travel with it. */
export function formBody(event: string, pictures: readonly NamedPicture[], dialect: Dialect): Buffer {
  const { boundary, eventPart, eventType } = dialect;
  return Buffer.concat([
    part(boundary, [disposition(eventPart), `Content-Type: ${eventType}`], event),
    ...pictures
      .filter(({ url }) => url === null)
      .map(({ fileName, bytes }) => part(boundary, [disposition(fileName), 'Content-Type: image/jpeg'], bytes)),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

/** The same as parts of the endless stream, each with its length. */
export function streamParts(event: string, pictures: readonly NamedPicture[], boundary: string): Buffer {
  const xml = ['Content-Type: application/xml; charset="UTF-8"', `Content-Length: ${Buffer.byteLength(event)}`];
  return Buffer.concat([
    part(boundary, xml, event),
    ...pictures
      .filter(({ url }) => url === null)
      .map(({ fileName, bytes }) =>
        part(boundary, [disposition(fileName), 'Content-Type: image/jpeg', `Content-Length: ${bytes.length}`], bytes),
      ),
  ]);
}
