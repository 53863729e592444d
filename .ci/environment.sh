# Sourced by ./run, ./manage, ./test and .ci/run: finds a Python and makes the environment of a lock file.
# Bash, because it must work before there is any Python; nothing here needs root.

# An empty environment has neither; bash then searches a path of its own, which its children must know too.
export PATH HOME=${HOME:-~}

# Prints the first Python that really runs, is at least 3.12 and can make environments. A name on the
# PATH proves nothing: shims of version managers exist and fail when they are run.
find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.13 python3.12 python3.14 python3 \
        ~/.pyenv/versions/3.1[2-4].*/bin/python3; do
        if [ -n "$candidate" ] && "$candidate" -c \
            'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    echo "没有找到可用的 Python 3.12 以上版本（需带 venv 模块）。" >&2
    echo "Debian / Ubuntu：apt-get install python3 python3-venv；装在别处时：PYTHON=/路径/python3 $0" >&2
    return 1
}

# ensure_environment FOLDER LOCK: brings the environment in FOLDER to what LOCK says. It is made anew only
# for another Python: a system may be running on it. Once made for development it stays so, which
# contains the rest.
ensure_environment() {
    local folder=$1 lock=$2 stamp python
    if [ "$(sed -n 1p "$folder/.stamp" 2>/dev/null)" = requirements-dev.txt ]; then lock=requirements-dev.txt; fi
    stamp="$lock"$'\n'"$(cksum <"$lock")"
    if ! "$folder/bin/python" -c '' 2>/dev/null ||
        { [ -n "${PYTHON:-}" ] && [ "$(python_version "$PYTHON")" != "$(python_version "$folder/bin/python")" ]; }; then
        python=$(find_python) || return 1
        rm -rf "$folder"
        "$python" -m venv "$folder"
    fi
    if [ "$(cat "$folder/.stamp" 2>/dev/null)" = "$stamp" ]; then return; fi
    echo "准备 Python 环境（$("$folder/bin/python" --version)，$lock），第一次需要一两分钟…" >&2
    rm -f "$folder/.stamp"
    if ! "$folder/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"; then
        echo "环境没有装好：请看上面的提示，检查网络，然后再试一次。" >&2
        return 1
    fi
    printf '%s\n' "$stamp" >"$folder/.stamp"
}

python_version() {
    "$1" -c 'import sys; print(sys.version)' 2>/dev/null
}
