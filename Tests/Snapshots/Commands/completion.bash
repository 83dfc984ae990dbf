# bash completion for oscine 0.1.0; made by: oscine help --completion bash
_oscine() {
  local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
  local command="${COMP_WORDS[1]}"
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "run recall sweep merge compare check characterize train plot report devices help --help --version" -- "$word"))
    return
  fi
  case "$command" in
    run)
      case "$previous" in
        -p|--param) COMPREPLY=(); return ;;
        -o|--output) COMPREPLY=($(compgen -d -- "$word")); return ;;
        -f|--format) COMPREPLY=($(compgen -W "netcdf raw raw-text csv prn" -- "$word")); return ;;
        --seed) COMPREPLY=(); return ;;
        -j|--jobs) COMPREPLY=(); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "--param --output --format --seed --jobs --quiet --json --help" -- "$word"))
        return
      fi
      COMPREPLY=($(compgen -d -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.cir' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.sp' -- "$word"))
      ;;
    recall)
      case "$previous" in
        -p|--param) COMPREPLY=(); return ;;
        -o|--output) COMPREPLY=($(compgen -d -- "$word")); return ;;
        --seed) COMPREPLY=(); return ;;
        -j|--jobs) COMPREPLY=(); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "--param --output --seed --jobs --no-pictures --quiet --json --help" -- "$word"))
        return
      fi
      COMPREPLY=($(compgen -d -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.cir' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.sp' -- "$word"))
      ;;
    sweep)
      case "$previous" in
        --axis) COMPREPLY=(); return ;;
        --design) COMPREPLY=($(compgen -W "grid latin sobol" -- "$word")); return ;;
        --samples) COMPREPLY=(); return ;;
        --trials) COMPREPLY=(); return ;;
        --until) COMPREPLY=(); return ;;
        --refine) COMPREPLY=(); return ;;
        --threshold) COMPREPLY=(); return ;;
        --store) COMPREPLY=($(compgen -f -- "$word")); return ;;
        --shard) COMPREPLY=(); return ;;
        --slurm) COMPREPLY=($(compgen -f -- "$word")); return ;;
        --parts) COMPREPLY=(); return ;;
        --csv) COMPREPLY=($(compgen -f -- "$word")); return ;;
        -p|--param) COMPREPLY=(); return ;;
        --seed) COMPREPLY=(); return ;;
        -j|--jobs) COMPREPLY=(); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "--axis --design --samples --trials --until --refine --threshold --store --resume --shard --slurm --parts --csv --param --seed --jobs --quiet --json --help" -- "$word"))
        return
      fi
      COMPREPLY=($(compgen -d -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.cir' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.sp' -- "$word"))
      ;;
    merge)
      case "$previous" in
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "--quiet --json --help" -- "$word"))
        return
      fi
      COMPREPLY=($(compgen -d -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.campaign' -- "$word"))
      COMPREPLY=($(compgen -d -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.campaign' -- "$word"))
      ;;
    compare)
      case "$previous" in
        --fidelities) COMPREPLY=(); return ;;
        -p|--param) COMPREPLY=(); return ;;
        -o|--output) COMPREPLY=($(compgen -d -- "$word")); return ;;
        --seed) COMPREPLY=(); return ;;
        -j|--jobs) COMPREPLY=(); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "--fidelities --param --output --seed --jobs --quiet --json --help" -- "$word"))
        return
      fi
      COMPREPLY=($(compgen -d -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.cir' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.sp' -- "$word"))
      ;;
    check)
      case "$previous" in
        -p|--param) COMPREPLY=(); return ;;
        --seed) COMPREPLY=(); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "--param --seed --quiet --json --help" -- "$word"))
        return
      fi
      COMPREPLY=($(compgen -d -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.cir' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.sp' -- "$word"))
      ;;
    characterize)
      case "$previous" in
        -o|--output) COMPREPLY=($(compgen -f -- "$word")); return ;;
        --stand-ins) COMPREPLY=(); return ;;
        --supply) COMPREPLY=(); return ;;
        -p|--param) COMPREPLY=(); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "--output --stand-ins --supply --param --no-pictures --quiet --json --help" -- "$word"))
        return
      fi
      COMPREPLY=($(compgen -d -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.lib' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.cir' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.sp' -- "$word"))
      ;;
    train)
      case "$previous" in
        --rule) COMPREPLY=($(compgen -W "pseudoinverse hebb storkey iterative" -- "$word")); return ;;
        --size) COMPREPLY=(); return ;;
        --encode) COMPREPLY=($(compgen -W "half full" -- "$word")); return ;;
        -o|--output) COMPREPLY=($(compgen -f -- "$word")); return ;;
        -p|--param) COMPREPLY=(); return ;;
        --seed) COMPREPLY=(); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "--rule --size --encode --output --param --seed --quiet --json --help" -- "$word"))
        return
      fi
      COMPREPLY=($(compgen -d -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.png' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.npy' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.cir' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.sp' -- "$word"))
      ;;
    plot)
      case "$previous" in
        -v|--variable) COMPREPLY=(); return ;;
        --show) COMPREPLY=($(compgen -W "waveform spectrum linewidth lockin" -- "$word")); return ;;
        -s|--select) COMPREPLY=(); return ;;
        --frequency) COMPREPLY=(); return ;;
        --window) COMPREPLY=(); return ;;
        --x) COMPREPLY=(); return ;;
        --y) COMPREPLY=($(compgen -W "error success time energy" -- "$word")); return ;;
        --by) COMPREPLY=(); return ;;
        --legend) COMPREPLY=(); return ;;
        --log) COMPREPLY=($(compgen -W "x y x,y none" -- "$word")); return ;;
        --theory) COMPREPLY=(); return ;;
        --format) COMPREPLY=($(compgen -W "png svg pdf" -- "$word")); return ;;
        -o|--output) COMPREPLY=($(compgen -d -- "$word")); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "--variable --show --select --frequency --window --x --y --by --legend --log --theory --format --output --quiet --json --help" -- "$word"))
        return
      fi
      COMPREPLY=($(compgen -d -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.nc' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.netcdf' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.raw' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.csv' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.prn' -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.campaign' -- "$word"))
      ;;
    report)
      case "$previous" in
        -o|--output) COMPREPLY=($(compgen -f -- "$word")); return ;;
        --film) COMPREPLY=(); return ;;
        --theory) COMPREPLY=(); return ;;
        --csv) COMPREPLY=($(compgen -f -- "$word")); return ;;
        --netcdf) COMPREPLY=($(compgen -f -- "$word")); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "--output --film --no-film --theory --csv --netcdf --quiet --json --help" -- "$word"))
        return
      fi
      COMPREPLY=($(compgen -d -- "$word"))
      COMPREPLY+=($(compgen -f -X '!*.campaign' -- "$word"))
      ;;
    devices)
      case "$previous" in
        -p|--param) COMPREPLY=(); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "--param --json --help" -- "$word"))
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
      COMPREPLY=($(compgen -W "run recall sweep merge compare check characterize train plot report devices help" -- "$word"))
      ;;
  esac
}
complete -o filenames -F _oscine oscine
