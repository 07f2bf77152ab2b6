import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { ROOT } from '../support/program.js';

/** What a frontend would write on top of the generated types. */
const USE = `
  import type { components, operations, paths } from './client.js';
  type Body = operations['createStrategy']['requestBody']['content']['application/json'];
  export const body: Body = { strategy_definition_id: 1, initial_balance: 10000 };
  export type Strategy = components['schemas']['InstanceView'];
  export const path: keyof paths = '/api/v1/strategies';
  export const value = (strategy: Strategy): string => strategy.total_value;
`;

describe('openapi.json', () => {
  it('gives a client that compiles in strict mode', async () => {
    const document = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as never;
    const files: Record<string, string> = {
      [join(ROOT, 'client.ts')]: astToString(await openapiTS(document)),
      [join(ROOT, 'use.ts')]: USE,
    };
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      types: [],
    };
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile } = host;
    host.fileExists = (path) => path in files || fileExists(path);
    host.readFile = (path) => files[path] ?? readFile(path);
    const getSourceFile = host.getSourceFile.bind(host);
    host.getSourceFile = (path, ...rest) =>
      files[path] === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, files[path], rest[0]);
    const program = ts.createProgram(Object.keys(files), options, host);
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
    expect(problems).toEqual([]);
  });

  it('has a summary, a unique id and documented errors for every operation', () => {
    interface Operation {
      readonly operationId?: string;
      readonly summary?: string;
      readonly responses: Record<string, unknown>;
    }
    const document = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, Operation>>;
    };
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    expect(operations.length).toBeGreaterThan(20);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const operation of operations) {
      expect(operation.summary).toEqual(expect.any(String));
      expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
    }
  });
});
