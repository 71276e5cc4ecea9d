// @ts-nocheck
// Generated from JSON Schema by `bun run types`. Do not edit.
export default function ({ settings }) {
const schema0 = settings;

function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="settings" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate0.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.threads === undefined){
data.threads = "auto";
}
if(data.workers === undefined){
data.workers = "auto";
}
if(data.sentenceSilence === undefined){
data.sentenceSilence = 0;
}
for(const key0 in data){
if(!((((((key0 === "lengthScale") || (key0 === "noiseScale")) || (key0 === "noiseW")) || (key0 === "threads")) || (key0 === "workers")) || (key0 === "sentenceSilence"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema0,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.lengthScale !== undefined){
let data0 = data.lengthScale;
if(typeof data0 == "number"){
if(data0 > 10 || isNaN(data0)){
const err1 = {instancePath:instancePath+"/lengthScale",schemaPath:"#/properties/lengthScale/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10",schema:10,parentSchema:schema0.properties.lengthScale,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data0 < 0.1 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/lengthScale",schemaPath:"#/properties/lengthScale/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.1},message:"must be >= 0.1",schema:0.1,parentSchema:schema0.properties.lengthScale,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/lengthScale",schemaPath:"#/properties/lengthScale/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema0.properties.lengthScale.type,parentSchema:schema0.properties.lengthScale,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.noiseScale !== undefined){
let data1 = data.noiseScale;
if(typeof data1 == "number"){
if(data1 > 2 || isNaN(data1)){
const err4 = {instancePath:instancePath+"/noiseScale",schemaPath:"#/properties/noiseScale/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2},message:"must be <= 2",schema:2,parentSchema:schema0.properties.noiseScale,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data1 < 0 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/noiseScale",schemaPath:"#/properties/noiseScale/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema0.properties.noiseScale,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/noiseScale",schemaPath:"#/properties/noiseScale/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema0.properties.noiseScale.type,parentSchema:schema0.properties.noiseScale,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.noiseW !== undefined){
let data2 = data.noiseW;
if(typeof data2 == "number"){
if(data2 > 2 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/noiseW",schemaPath:"#/properties/noiseW/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2},message:"must be <= 2",schema:2,parentSchema:schema0.properties.noiseW,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/noiseW",schemaPath:"#/properties/noiseW/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema0.properties.noiseW,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/noiseW",schemaPath:"#/properties/noiseW/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema0.properties.noiseW.type,parentSchema:schema0.properties.noiseW,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
let data3 = data.threads;
const _errs9 = errors;
let valid1 = false;
const _errs10 = errors;
if(!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))){
const err10 = {instancePath:instancePath+"/threads",schemaPath:"#/properties/threads/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema0.properties.threads.anyOf[0].type,parentSchema:schema0.properties.threads.anyOf[0],data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(typeof data3 == "number"){
if(data3 > 64 || isNaN(data3)){
const err11 = {instancePath:instancePath+"/threads",schemaPath:"#/properties/threads/anyOf/0/maximum",keyword:"maximum",params:{comparison: "<=", limit: 64},message:"must be <= 64",schema:64,parentSchema:schema0.properties.threads.anyOf[0],data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err12 = {instancePath:instancePath+"/threads",schemaPath:"#/properties/threads/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema0.properties.threads.anyOf[0],data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
var _valid0 = _errs10 === errors;
valid1 = valid1 || _valid0;
const _errs12 = errors;
if("auto" !== data3){
const err13 = {instancePath:instancePath+"/threads",schemaPath:"#/properties/threads/anyOf/1/const",keyword:"const",params:{allowedValue: "auto"},message:"must be equal to constant",schema:"auto",parentSchema:schema0.properties.threads.anyOf[1],data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
var _valid0 = _errs12 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const err14 = {instancePath:instancePath+"/threads",schemaPath:"#/properties/threads/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema0.properties.threads.anyOf,parentSchema:schema0.properties.threads,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
else {
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
}
let data4 = data.workers;
const _errs14 = errors;
let valid2 = false;
const _errs15 = errors;
if(!((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4)))){
const err15 = {instancePath:instancePath+"/workers",schemaPath:"#/properties/workers/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema0.properties.workers.anyOf[0].type,parentSchema:schema0.properties.workers.anyOf[0],data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(typeof data4 == "number"){
if(data4 > 64 || isNaN(data4)){
const err16 = {instancePath:instancePath+"/workers",schemaPath:"#/properties/workers/anyOf/0/maximum",keyword:"maximum",params:{comparison: "<=", limit: 64},message:"must be <= 64",schema:64,parentSchema:schema0.properties.workers.anyOf[0],data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data4 < 1 || isNaN(data4)){
const err17 = {instancePath:instancePath+"/workers",schemaPath:"#/properties/workers/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema0.properties.workers.anyOf[0],data:data4};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
var _valid1 = _errs15 === errors;
valid2 = valid2 || _valid1;
const _errs17 = errors;
if("auto" !== data4){
const err18 = {instancePath:instancePath+"/workers",schemaPath:"#/properties/workers/anyOf/1/const",keyword:"const",params:{allowedValue: "auto"},message:"must be equal to constant",schema:"auto",parentSchema:schema0.properties.workers.anyOf[1],data:data4};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var _valid1 = _errs17 === errors;
valid2 = valid2 || _valid1;
if(!valid2){
const err19 = {instancePath:instancePath+"/workers",schemaPath:"#/properties/workers/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema0.properties.workers.anyOf,parentSchema:schema0.properties.workers,data:data4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
else {
errors = _errs14;
if(vErrors !== null){
if(_errs14){
vErrors.length = _errs14;
}
else {
vErrors = null;
}
}
}
let data5 = data.sentenceSilence;
if(typeof data5 == "number"){
if(data5 > 10 || isNaN(data5)){
const err20 = {instancePath:instancePath+"/sentenceSilence",schemaPath:"#/properties/sentenceSilence/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10",schema:10,parentSchema:schema0.properties.sentenceSilence,data:data5};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data5 < 0 || isNaN(data5)){
const err21 = {instancePath:instancePath+"/sentenceSilence",schemaPath:"#/properties/sentenceSilence/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema0.properties.sentenceSilence,data:data5};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/sentenceSilence",schemaPath:"#/properties/sentenceSilence/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema0.properties.sentenceSilence.type,parentSchema:schema0.properties.sentenceSilence,data:data5};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema0.type,parentSchema:schema0,data};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
validate0.errors = vErrors;
return errors === 0;
}
validate0.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
return validate0;
}
