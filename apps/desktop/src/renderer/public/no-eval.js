// zod compiles its checks with `new Function`, which the page's policy forbids and reports. It decides when a schema is made,
// so it must hear of it before any module runs.
globalThis.__zod_globalConfig = { jitless: true };
