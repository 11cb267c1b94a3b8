/** Who can be reached where: REGISTER and its table. Knows nothing of calls: they hear of changes. */
export { type Binding, type BindingChange, type Bindings, createBindings } from "./bindings.ts";
export { createRegistrar } from "./registrar.ts";
