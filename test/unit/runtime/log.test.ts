import { describe, expect, it } from 'vitest';
import { createLog, redact } from '../../../electron/station/runtime/log.ts';

const secrets = {
  password: 'p1',
  pass_wd: 'p2',
  userPrivateKey: 'p3',
  appSecret: 'p4',
  token: 'p5',
  sign: 'p6',
  cipher: 'p7',
  Authorization: 'p8',
  imageFile: 'p9',
};

describe('the log', () => {
  it('writes no secret, at whatever depth it stands', () => {
    const lines: string[] = [];
    const log = createLog((line) => lines.push(line)).child('test');
    log.warn('x', { ...secrets, nested: { list: [secrets] } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/p[1-9]/);
    expect(lines[0]).toContain('"scope":"test"');
  });

  it('cuts keys and pictures out of texts that quote them', () => {
    const pem = '-----BEGIN PRIVATE KEY-----\nMIICdg\n-----END PRIVATE KEY-----';
    expect(redact(`bad key ${pem} given`)).toBe('bad key [redacted] given');
    expect(redact(new Error(`photo ${'A'.repeat(400)}`))).toEqual({ name: 'Error', message: 'photo [redacted]' });
  });

  it('keeps what is no secret', () => {
    expect(redact({ lane: 'in1', count: 3, design: 'plain', plate: '鲁B12345' })).toEqual({
      lane: 'in1',
      count: 3,
      design: 'plain',
      plate: '鲁B12345',
    });
  });
});
