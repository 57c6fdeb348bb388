"""The same study is the same bytes, wherever and however it is run."""


def test_two_clean_runs_are_byte_identical(built, new_checkout):
    other = new_checkout("a_folder_with_another_name")
    elsewhere = {"TZ": "Asia/Shanghai", "LC_ALL": "C", "LANG": "zh_CN.GB18030"}
    other.build(cores=1, PYTHONHASHSEED="7", GRASSROOTS_WARM="no", **elsewhere)
    first, second = built.contents(), other.contents()
    assert first.keys() == second.keys()
    differing = [name for name in first if first[name] != second[name]]
    assert not differing


def test_no_path_of_this_machine_is_in_the_results(built):
    place = str(built.folder).encode()
    assert not [name for name, content in built.contents().items() if place in content]
