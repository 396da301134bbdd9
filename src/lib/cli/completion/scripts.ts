/**
 * The functions that let a shell ask the tool, by shell. Words with `@`, `:` and `=` are several words to readline, which puts back what stands
 * behind the last of them alone; so the script takes off what stands before it.
 */
export const completionScripts = {
  bash: `_usage_tracker() {
  local line="\${COMP_LINE:0:COMP_POINT}" prefix="" part c
  local cur="\${line##*[[:space:]]}"
  for c in @ : =; do
    [[ $COMP_WORDBREAKS == *"$c"* && $cur == *"$c"* ]] || continue
    part="\${cur%"\${cur##*"$c"}"}"
    (( \${#part} > \${#prefix} )) && prefix="$part"
  done
  COMPREPLY=()
  while IFS= read -r part; do
    COMPREPLY+=("\${part#"$prefix"}")
  done < <(usage-tracker complete "$line" 2>/dev/null)
}
complete -o default -F _usage_tracker usage-tracker
`,
  zsh: `#compdef usage-tracker
_usage_tracker() {
  local -a found
  found=("\${(@f)$(usage-tracker complete "$LBUFFER" 2>/dev/null)}")
  found=(\${found:#})
  if (( \${#found} )); then compadd -a found; else _files; fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _usage_tracker usage-tracker
`,
} as const

export type CompletionShell = keyof typeof completionScripts
