import type { PipeTransform } from '@nestjs/common';
import { NotFound } from '../problems/app-errors.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;
const LARGEST_INT4 = 2_147_483_647;

/** `@Param('id', new UuidParam('strategy'))`: a UUID, returned in lower case, else 404. */
export class UuidParam implements PipeTransform<string, string> {
  constructor(private readonly what: string) {}

  transform(value: string): string {
    if (!UUID.test(value)) throw new NotFound(this.what);
    return value.toLowerCase();
  }
}

/** `@Param('id', new IntParam('definition'))`: an integer 1..2147483647, else 404. */
export class IntParam implements PipeTransform<string, number> {
  constructor(private readonly what: string) {}

  transform(value: string): number {
    if (!/^[1-9]\d{0,9}$/.test(value) || Number(value) > LARGEST_INT4) throw new NotFound(this.what);
    return Number(value);
  }
}

/** `@Param('name', new NameParam('agent'))`: 1..100 characters of `A-Za-z0-9_.-`, else 404. */
export class NameParam implements PipeTransform<string, string> {
  constructor(private readonly what: string) {}

  transform(value: string): string {
    if (!NAME.test(value)) throw new NotFound(this.what);
    return value;
  }
}
