"""The functions of the workflow, one package a stage; scripts read and write the files."""
