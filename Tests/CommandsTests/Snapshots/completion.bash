# bash completion for oscine 0.1.0; made by: oscine help --completion bash
_oscine() {
  local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
  local command="${COMP_WORDS[1]}"
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "devices help --help --version" -- "$word"))
    return
  fi
  case "$command" in
    devices)
      case "$previous" in
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "--json --help" -- "$word"))
        return
      fi
      ;;
    help)
      case "$previous" in
        --completion) COMPREPLY=($(compgen -W "bash" -- "$word")); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "--man --completion --help" -- "$word"))
        return
      fi
      COMPREPLY=($(compgen -W "devices help" -- "$word"))
      ;;
  esac
}
complete -o filenames -F _oscine oscine
