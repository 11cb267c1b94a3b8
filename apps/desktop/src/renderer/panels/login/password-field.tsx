import { Eye, EyeOff } from "lucide-react";
import { type KeyboardEvent, type Ref, useState } from "react";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";

interface PasswordFieldProps {
  readonly label: string;
  readonly kind: "current-password" | "new-password";
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly box?: Ref<HTMLInputElement>;
  readonly problem: string | null;
}

/** A password that can be shown, and says when Caps Lock is on. */
export function PasswordField({ label, kind, hint, value, onChange, box, problem }: PasswordFieldProps) {
  const t = useT();
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const watchCaps = (event: KeyboardEvent) => setCaps(event.getModifierState("CapsLock"));
  return (
    <Field
      label={label}
      {...(caps ? { hint: t("auth.capsLock") } : hint ? { hint } : {})}
      {...(problem ? { error: problem } : {})}
    >
      <Input
        {...(box ? { ref: box } : {})}
        type={shown ? "text" : "password"}
        value={value}
        onChange={(e) => onChange(e.target.value)}
        onKeyDown={watchCaps}
        onKeyUp={watchCaps}
        onBlur={() => setCaps(false)}
        autoComplete={kind}
        maxLength={200}
        trailing={
          <IconButton
            icon={shown ? EyeOff : Eye}
            size="small"
            label={t(shown ? "auth.hidePassword" : "auth.showPassword")}
            pressed={shown}
            onClick={() => setShown(!shown)}
          />
        }
      />
    </Field>
  );
}
