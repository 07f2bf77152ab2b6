import { applyDecorators } from '@nestjs/common';
import { IsString, MaxLength } from 'class-validator';
import { IsOneLineText } from '../platform/http/input/one-line-text.js';

/** 1 to 200 characters on one line. */
export function IsInstanceName(): PropertyDecorator {
  return IsOneLineText(200);
}

/** At most 5000 characters, may be empty. */
export function IsInstanceDescription(): PropertyDecorator {
  return applyDecorators(IsString(), MaxLength(5000));
}
